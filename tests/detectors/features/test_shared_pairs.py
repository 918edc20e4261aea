"""Meetings against sets, whatever is held at once."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.detectors.features.shared_pairs import PLACES, USERS, WORDS, meetings

ACCOUNTS = 7


@given(
    st.lists(
        st.tuples(st.sets(st.integers(0, ACCOUNTS - 1), min_size=1), st.integers(0, WORDS - 1)),
        max_size=9,
    ),
    st.integers(1, 30),
)
@settings(max_examples=100, deadline=None)
def test_all_that_two_have_in_common(things, at_a_time):
    places = np.array([who for users, _ in things for who in sorted(users)], np.int32)
    users = np.array([len(users) for users, _ in things], np.int64)
    word = np.array([word for _, word in things], np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shamcrowd.detectors.features.shared_pairs.AT_A_TIME", at_a_time)
        parts = list(meetings(places, users, word, ACCOUNTS))
    found = {}
    for met in parts:
        said = np.split(met.word, met.first[1:])
        assert [len(words) for words in said] == met.common.tolist()
        for one, other, words in zip(met.one.tolist(), met.other.tolist(), said, strict=True):
            # Nobody in two parts, and in order.
            assert (one, other) > max(found, default=(-1, -1))
            found[one, other] = words.tolist()
    expected = {
        pair: sorted(word for users, word in things if users >= set(pair))
        for pair in combinations(range(ACCOUNTS), 2)
    }
    assert found == {pair: words for pair, words in expected.items() if words}


def test_few_are_held_at_once():
    everybody = np.arange(2000, dtype=np.int32)
    parts = list(meetings(everybody, np.array([2000]), np.array([0]), 2000))
    assert len(parts) == 2
    assert sum(len(met.one) for met in parts) == 1999 * 1000


@pytest.mark.parametrize(
    ("users", "word", "accounts"),
    [(2, WORDS, 2), (2, 0, PLACES + 1), (USERS + 1, 0, USERS + 1)],
)
def test_what_does_not_fit_is_refused(users, word, accounts):
    with pytest.raises(ValueError, match="at most can meet"):
        next(meetings(np.arange(users), np.array([users]), np.array([word]), accounts))
