"""What is gathered in any order comes out once, in order, and with nothing lost."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.recording.schema import ACTIVITY, ACTIVITY_KINDS, CARDS
from shamcrowd.simulator.core.first_seen import FirstSeen
from shamcrowd.simulator.core.handles import CAMPAIGN_BIT, Counter, Ids
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.supply.register import Register
from shamcrowd.simulator.traffic.first_seen import HandleFirstSeen

REPEATABLE = settings(derandomize=True, max_examples=100, deadline=None)
USES = st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 1000)), max_size=8))
ROWS = st.lists(
    st.tuples(st.sampled_from(ACTIVITY_KINDS), st.integers(0, 100), st.integers(0, 5)), max_size=20
)


def earliest(batches):
    first = {}
    for thing, time in (use for batch in batches for use in batch):
        first[thing] = min(first.get(thing, time), time)
    return first


@REPEATABLE
@given(USES, st.integers(0, 1000))
def test_uses_give_each_thing_s_first_moment(batches, before):
    uses = FirstSeen()
    for batch in batches:
        ids = np.array([thing for thing, _ in batch] + [-1], np.int32)
        uses.note(ids, np.array([time for _, time in batch] + [0], np.int64))
    ids, times = uses.first(before)
    expected = {i: t for i, t in earliest(batches).items() if t < before}
    assert dict(zip(ids.tolist(), times.tolist(), strict=True)) == expected
    assert len(ids) == len(expected)


@REPEATABLE
@given(USES)
def test_first_use_keeps_the_two_regions_apart(batches):
    first = HandleFirstSeen()
    batches = [[(i | CAMPAIGN_BIT * (i % 2), t) for i, t in batch] for batch in batches]
    for batch in batches:
        first.note(np.array([i for i, _ in batch], np.int64), np.array([t for _, t in batch]))
    handles, times = first.known()
    assert dict(zip(handles.tolist(), times.tolist(), strict=True)) == earliest(batches)


@REPEATABLE
@given(ROWS, st.lists(st.integers(0, 100), max_size=4))
def test_activity_comes_out_once_and_in_order(rows, ends):
    activity = Activity(("swift-2",))
    for kind, time, account in rows:
        activity.add(kind, np.array([time]), np.array([account], np.int32))
    out, since = [], -1
    for end in [*sorted(ends), 101]:
        table = activity.until(end)
        times = table["time"].cast(pa.int64()).to_pylist()
        assert times == sorted(times)
        assert all(since <= time < end for time in times)
        out += zip(table["kind"].to_pylist(), times, table["account"].to_pylist(), strict=True)
        since = end if end > since else since
    assert sorted(out) == sorted(rows)


def test_activity_leaves_out_what_is_not_said():
    activity = Activity(("swift-2", "deep-3"))
    one, nobody = np.array([7]), np.array([1], np.int32)
    activity.add("charge", one, nobody, amount=2.5, card=[4])
    activity.add("model_release_seen", one + 1, nobody, model=1)
    rows = activity.until(100).to_pylist()
    assert activity.until(200).num_rows == 0
    said = [{k: v for k, v in row.items() if v is not None} for row in rows]
    assert set(said[0]) == {"time", "account", "kind", "amount", "card"}
    assert said[1]["model"] == "deep-3"
    assert activity.until(100).schema == ACTIVITY.schema
    with pytest.raises(TypeError, match="colour"):
        activity.add("charge", one, nobody, colour=[1])


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
