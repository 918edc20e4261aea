"""The operating point never flags more than the rate, and nothing lower would do."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.scoring.operating_point import (
    CalibrationSeed,
    OperatingRule,
    operating_point,
)
from shamcrowd.recording.errors import UsageError


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


def seed(*groups, days=2.0):
    """A calibration seed of (score, sham accounts, legitimate accounts)."""
    score = [s for s, bad, good in groups for _ in range(bad + good)]
    sham = [n < bad for _, bad, good in groups for n in range(bad + good)]
    return CalibrationSeed(np.array(score, float), np.array(sham), days)


ONE = seed((9, 3, 0), (7, 1, 1), (5, 1, 4), (3, 0, 10))


@pytest.mark.parametrize(
    ("rule", "threshold"),
    [
        # 3, 5, 10 and 20 accounts are above these; ties stay together.
        ("alerts-a-day=1.4", np.inf),
        ("alerts-a-day=1.5", 7.0),
        ("alerts-a-day=2.4", 7.0),
        ("alerts-a-day=2.5", 5.0),
        # Right are 3 of 3, 4 of 5, 5 of 10 and 5 of 20.
        ("precision=1", 7.0),
        ("precision=0.8", 5.0),
        ("precision=0.5", 3.0),
        ("precision=0.51", 5.0),
        # Costs of flagging the groups: 5r, 2r, r + 1, 5, 15.
        ("cost-ratio=0.9", 7.0),
        ("cost-ratio=1", 7.0),
        ("cost-ratio=1.1", 5.0),
        ("cost-ratio=3.9", 5.0),
        ("cost-ratio=4.1", 3.0),
    ],
)
def test_other_rules(rule, threshold):
    assert OperatingRule.of(0.01, rule).threshold([ONE]) == threshold
    # The days and accounts of several seeds are added up.
    assert OperatingRule.of(0.01, rule).threshold([ONE, ONE]) == threshold


def test_everybody_or_nobody():
    worth = seed((2, 5, 1), (1, 5, 1))
    flagged = OperatingRule.of(0.01, "cost-ratio=10").threshold([worth])
    assert flagged < 1.0
    assert np.isfinite(flagged)
    honest = seed((2, 0, 5))
    assert OperatingRule.of(0.01, "cost-ratio=10").threshold([honest]) == np.inf
    assert OperatingRule.of(0.01, "precision=0.1").threshold([honest]) == np.inf
    assert OperatingRule.of(0.01, "precision=0.1").threshold([]) == np.inf


def test_the_alert_rate_counts_legitimate_accounts_alone():
    assert OperatingRule.of(0.1, "").threshold([ONE]) == operating_point(
        [ONE.score[~ONE.sham]], 0.1
    )


@pytest.mark.parametrize(
    "wrong", ["alerts-a-day", "alerts-a-day=0", "alerts-a-day=many", "precision=1.1", "recall=0.5",
              "cost-ratio=inf", "precision=-1"],
)  # fmt: skip
def test_no_rule(wrong):
    with pytest.raises(UsageError, match="operating point"):
        OperatingRule.of(0.01, wrong)
