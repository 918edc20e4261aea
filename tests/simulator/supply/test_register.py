"""A register keeps what was dealt out, whatever its owners do with it later."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.simulator.core.handles import Counter
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.supply.store import Supply


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
