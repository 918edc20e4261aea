"""Precision at a daily budget against days done by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.benchmark.scoring.labelled_findings import ScoreIncreases, label_findings
from shamcrowd.benchmark.scoring.metrics.precision_at_daily_budget import PrecisionAtDailyBudget
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

MEASURE = PrecisionAtDailyBudget().measure


def increases(*rows):
    """Rows of (review, account, score)."""
    review, place, score = zip(*rows, strict=True)
    return ScoreIncreases(np.array(review), np.array(place), np.array(score, float))


def test_a_day_at_a_time_and_each_account_once(make_findings):
    # A budget of one. Day 1: account 0 (sham). Day 2: 0 still leads but was looked into, so 2.
    said = increases((0, 0, 9), (0, 1, 1), (0, 2, 5))
    findings = make_findings([0, 0, -1], hours=(24, 48), increases=said)
    assert MEASURE(findings) == [0.5]


def test_the_best_so_far_counts_and_not_what_comes_later(make_findings):
    # Day 1 knows of account 1 alone; account 0 increases on day 2.
    said = increases((0, 1, 1), (1, 0, 9))
    assert MEASURE(make_findings([0, -1], hours=(24, 48), increases=said)) == [0.5]


def test_many_reviews_a_day_are_one_day(make_findings):
    # At the end of the one day account 0 leads, though 1 led at first.
    said = increases((0, 1, 1), (3, 0, 9))
    assert MEASURE(make_findings([0, -1], hours=(6, 12, 18, 24), increases=said)) == [1.0]


def test_the_budget_grows_with_the_platform(make_findings):
    # 0.1 % of 3,000: three a day, of which two are sham.
    said = increases((0, 0, 9), (0, 1, 8), (0, 5, 7), (0, 6, 1))
    assert MEASURE(make_findings([0, 0] + [-1] * 2998, increases=said)) == pytest.approx([2 / 3])


def test_ties_count_against_the_detector(make_findings):
    said = increases((0, 0, 1), (0, 1, 1))
    assert MEASURE(make_findings([0, -1], increases=said)) == [0.0]


def test_who_judged_nobody(make_findings):
    with pytest.raises(NotMeasurableError, match="judged no account"):
        MEASURE(make_findings([0, -1]))
    with pytest.raises(NotMeasurableError, match="no sham"):
        MEASURE(make_findings([-1], increases=increases((0, 0, 1))))


def test_rises_of_a_trace_find_their_accounts(make_truth):
    truth = make_truth([0, -1])  # accounts 10 and 11
    saved = SavedFindings(
        np.array([10, 11, 12], np.int32), np.array([2.0, 1, 3]), np.array([-1] * 3), [""] * 3,
        np.array([0, 1, 1], np.int32), np.array([11, 10, 12], np.int32), np.array([1.0, 2, 3]),
    )  # fmt: skip
    found = label_findings(truth, saved, 0.0).increases
    assert found.index.tolist() == [1, 0]  # account 12 came after the last review
    assert found.review.tolist() == [0, 1]
    assert found.score.tolist() == [1.0, 2.0]
