"""Shared pairs against set intersections, for any size of block."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.detectors.features.shared_pairs import CODES, MAX_ACCOUNTS, MAX_USERS, shared_pairs

ACCOUNTS = 7


@given(
    st.lists(
        st.tuples(st.sets(st.integers(0, ACCOUNTS - 1), min_size=1), st.integers(0, CODES - 1)),
        max_size=9,
    ),
    st.integers(1, 30),
)
@settings(max_examples=100, deadline=None)
def test_all_that_two_have_in_common(entities, at_a_time):
    places = np.array([who for users, _ in entities for who in sorted(users)], np.int32)
    users = np.array([len(users) for users, _ in entities], np.int64)
    code = np.array([code for _, code in entities], np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shamcrowd.detectors.features.shared_pairs.PAIRS_AT_A_TIME", at_a_time)
        parts = list(shared_pairs(places, users, code, ACCOUNTS))
    found = {}
    for pairs in parts:
        codes = np.split(pairs.code, pairs.first[1:])
        assert [len(shared) for shared in codes] == pairs.common.tolist()
        for one, other, shared in zip(pairs.one.tolist(), pairs.other.tolist(), codes, strict=True):
            # Nobody in two parts, and in order.
            assert (one, other) > max(found, default=(-1, -1))
            found[one, other] = shared.tolist()
    expected = {
        pair: sorted(code for users, code in entities if users >= set(pair))
        for pair in combinations(range(ACCOUNTS), 2)
    }
    assert found == {pair: shared for pair, shared in expected.items() if shared}


def test_few_are_held_at_once():
    everybody = np.arange(2000, dtype=np.int32)
    parts = list(shared_pairs(everybody, np.array([2000]), np.array([0]), 2000))
    assert len(parts) == 2
    assert sum(len(pairs.one) for pairs in parts) == 1999 * 1000


@pytest.mark.parametrize(
    ("users", "code", "accounts", "said"),
    [
        (2, CODES, 2, r"code 8192 is out of range \(0 to 8191\)"),
        (2, 0, MAX_ACCOUNTS + 1, r"33,554,433 accounts are too many \(limit 33,554,432\)"),
        (MAX_USERS + 1, 0, MAX_USERS + 1, r"share one entity \(32,768; limit 32,767\)"),
    ],
)
def test_what_does_not_fit_is_refused(users, code, accounts, said):
    with pytest.raises(ValueError, match=said):
        next(shared_pairs(np.arange(users), np.array([users]), np.array([code]), accounts))
