"""Overlapping requests, against counting them one by one."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shamcrowd.recording.in_progress import busy_periods, in_progress

ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 60), st.integers(1, 30)), max_size=40)


def columns(rows):
    rows = sorted(rows, key=lambda row: row[1])
    group, time, length = (np.array([row[i] for row in rows], np.int64) for i in range(3))
    return time, group, time + length


@given(ROWS)
def test_in_progress_counts_earlier_requests_of_the_group(rows):
    time, group, end = columns(rows)
    expected = [
        sum(group[j] == group[i] and end[j] > time[i] for j in range(i)) for i in range(len(rows))
    ]
    assert in_progress(time, group, end).tolist() == expected


@given(ROWS)
def test_a_group_is_busy_exactly_while_one_of_its_requests_is_in_progress(rows):
    time, group, end = columns(rows)
    begins, groups, ends = busy_periods(time, group, end)
    for which in range(3):
        busy = {m for t, e in zip(time[group == which], end[group == which], strict=True)
                for m in range(t, e)}  # fmt: skip
        own = groups == which
        periods = list(zip(begins[own].tolist(), ends[own].tolist(), strict=True))
        # Requests of which one begins as the other ends are one period.
        assert {m for t, e in periods for m in range(t, e)} == busy
        assert all(e < t for (_, e), (t, _) in pairwise(periods))
