"""Trial credit compared with a simple loop."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.simulator.platform.credit import used_up

REPEATABLE = settings(derandomize=True, max_examples=200)


@REPEATABLE
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 8)), min_size=1, max_size=60),
    st.lists(st.one_of(st.integers(1, 30), st.just(float("inf"))), min_size=4, max_size=4),
)
def test_credit_lasts_to_the_request_that_uses_it_up(rows, left):
    account = np.array([a for a, _ in rows], np.int32)
    cost = np.array([float(c) for _, c in rows])
    wallet, refused, last = list(map(float, left)), [], {}
    for at, (a, c) in enumerate(rows):
        refused.append(wallet[a] <= 0)
        if wallet[a] > 0:
            wallet[a] -= c
            if wallet[a] <= 0:
                last[a] = at
    found = used_up(account, cost, np.array(left, float))
    if not last:
        assert found is None
    else:
        assert found[0].tolist() == refused
        assert found[1].tolist() == sorted(last.values())
