"""Rate limits compared with a simple loop."""

from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.recording.units import MS_PER_MINUTE
from shamcrowd.simulator.platform.rate_limit import over_limit

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
