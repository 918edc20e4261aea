"""A register keeps its rows, whatever callers do with the handles later."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.recording.schema import CARDS
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.supply.register import Register
from shamcrowd.simulator.supply.store import Supply

REPEATABLE = settings(derandomize=True, max_examples=100, deadline=None)


@pytest.fixture
def supply():
    return Supply(Streams(1))


def test_rows_are_those_of_their_ids_in_the_order_of_ids(supply):
    dealt = Counter()
    rng = np.random.default_rng(0)
    german = supply.addresses.take(dealt, rng, np.full(5, 0, np.int8), "residential")
    hosted = supply.addresses.take(dealt, rng, np.full(3, 1, np.int8), "hosting")
    register = supply.addresses.register
    used = register.ids(np.concatenate([hosted, german[:2]]))
    table = register.arrow(used, np.arange(5) + 1000).to_pandas()
    assert table["address"].tolist() == sorted(used.tolist())
    by_id = table.set_index("address").loc[used]
    assert by_id["kind"].tolist() == ["hosting"] * 3 + ["residential"] * 2
    assert by_id["country"].nunique() == 2
    assert by_id["first_seen"].astype("int64").diff().dropna().eq(1).all()


def test_an_owner_may_change_what_it_was_given(supply):
    # A household: the second member uses the first one's device, its own is never used.
    rng = np.random.default_rng(0)
    dealt = Counter()
    locale = np.array([0, 3], np.int8)
    device = supply.devices.take(dealt, rng, locale)
    register = supply.devices.register
    before = register.arrow(register.ids(device), np.zeros(2, np.int64))
    ids = register.ids(device)
    device[1] = device[0]
    assert register.arrow(ids, np.zeros(2, np.int64)).equals(before)


@REPEATABLE
@given(st.lists(st.integers(0, 20), min_size=1, max_size=5), st.data())
def test_a_register_gives_each_id_its_own_row(batches, data):
    ids = Ids(Streams(1), "card")
    register = Register(CARDS, ids, {"country": ("DE", "US"), "kind": ("credit",)})
    counters = [Counter(0, 1), Counter(0, 1, campaign=True)]
    named = {}
    for number, size in enumerate(batches):
        bins = [f"9{number:02d}{i:03d}" for i in range(size)]
        handles = register.add(
            counters[number % 2],
            size,
            bin=np.array(bins, object),
            country=np.arange(size) % 2,
            kind=np.zeros(size, np.int8),
        )
        named |= dict(zip(ids(handles).tolist(), bins, strict=True))
    used = data.draw(st.lists(st.sampled_from(sorted(named)), unique=True)) if named else []
    since = np.arange(len(used), dtype=np.int64)
    table = register.arrow(np.array(used, np.int32), since)
    assert table.schema == CARDS.schema
    assert table["card"].to_pylist() == sorted(used)
    assert table["bin"].to_pylist() == [named[i] for i in sorted(used)]
    moments = dict(zip(used, since.tolist(), strict=True))
    assert table["first_seen"].cast(pa.int64()).to_pylist() == [moments[i] for i in sorted(used)]
