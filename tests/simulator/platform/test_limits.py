"""Rate limits and trial credit against the plain way of counting."""

from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.recording.units import MS_PER_MINUTE
from shamcrowd.simulator.platform.rate_limit import over_limit
from shamcrowd.simulator.platform.trial import used_up

REPEATABLE = settings(derandomize=True, max_examples=200)
ROWS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3)), min_size=1, max_size=60)


@REPEATABLE
@given(ROWS, st.lists(st.integers(1, 5), min_size=4, max_size=4))
def test_over_limit_counts_a_sliding_minute(rows, limits):
    rows = sorted(rows)
    time = np.array([third * MS_PER_MINUTE // 3 for third, _ in rows])
    account = np.array([a for _, a in rows], np.int32)
    seen, expected = defaultdict(list), []
    for t, a in zip(time.tolist(), account.tolist(), strict=True):
        expected.append(sum(t - earlier < MS_PER_MINUTE for earlier in seen[a]) >= limits[a])
        seen[a].append(t)
    over = over_limit(time, account, np.array(limits, np.int32))
    assert (over is None and not any(expected)) or over.tolist() == expected


@REPEATABLE
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 8)), min_size=1, max_size=60),
    st.lists(st.one_of(st.integers(1, 30), st.just(float("inf"))), min_size=4, max_size=4),
)
def test_credit_lasts_to_the_request_that_uses_it_up(rows, left):
    account = np.array([a for a, _ in rows], np.int32)
    cost = np.array([float(c) for _, c in rows])
    purse, refused, last = list(map(float, left)), [], {}
    for at, (a, c) in enumerate(rows):
        refused.append(purse[a] <= 0)
        if purse[a] > 0:
            purse[a] -= c
            if purse[a] <= 0:
                last[a] = at
    found = used_up(account, cost, np.array(left, float))
    if not last:
        assert found is None
    else:
        assert found[0].tolist() == refused
        assert found[1].tolist() == sorted(last.values())
