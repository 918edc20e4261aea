"""Activity rows come out once, in order of time, and complete."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.recording.schema import ACTIVITY, ACTIVITY_KINDS
from shamcrowd.simulator.platform.activity import Activity

REPEATABLE = settings(derandomize=True, max_examples=100, deadline=None)
ROWS = st.lists(
    st.tuples(st.sampled_from(ACTIVITY_KINDS), st.integers(0, 100), st.integers(0, 5)), max_size=20
)


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
