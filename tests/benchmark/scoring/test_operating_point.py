"""The operating point never flags more than the rate, and nothing lower would do."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.scoring.operating_point import operating_point


def test_by_hand():
    # 200 scores over two seeds; 1 % allows two. Over 97.5 lie 98.0 and 99.0 of the second seed.
    seeds = [np.arange(100.0) - 50, np.arange(100.0)]
    threshold = operating_point(seeds, 0.01)
    assert threshold == 97.0
    assert sum(int((s > threshold).sum()) for s in seeds) == 2


def test_ties_are_flagged_together_or_not_at_all():
    # One of 100 allowed and three share the top: nobody is flagged.
    scores = np.array([5.0] * 3 + [1.0] * 97)
    assert not (scores > operating_point([scores], 0.01)).any()


def test_rate_zero_flags_nobody():
    scores = np.array([3.0, 1, 2])
    assert operating_point([scores], 0.0) == 3.0


def test_no_innocent_account_at_all():
    assert operating_point([np.empty(0)], 0.5) == np.inf
    assert operating_point([], 0.5) == np.inf


lists = st.lists(st.integers(-5, 5).map(float), max_size=60)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(lists, lists, st.integers(0, 99))
def test_never_more_than_the_rate(one, other, percent):
    seeds = [np.array(one), np.array(other)]
    threshold = operating_point(seeds, percent / 100)
    scores = np.concatenate(seeds)
    assert (scores > threshold).sum() <= Fraction(percent, 100) * len(scores)


def test_no_lower_threshold_would_do():
    scores = np.arange(100.0)
    for percent in range(1, 100):
        assert (scores > operating_point([scores], percent / 100)).sum() == percent
