"""Recall at 0.1 % and 1 % false positives against counts done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.scoring.metrics.recall_at_0_1_percent import RecallAt01Percent
from shamcrowd.benchmark.scoring.metrics.recall_at_1_percent import RecallAt1Percent
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.roc import recall_at_fpr


def _recording(make_findings, sham_scores, legitimate_scores):
    campaign = [0] * len(sham_scores) + [-1] * len(legitimate_scores)
    return make_findings(campaign, [*sham_scores, *legitimate_scores])


def test_the_two_rates(make_findings):
    # 1,000 legitimate accounts score 0..999. 0.1 % may flag one: the threshold is 998 (over it is
    # 999 alone); 1 % may flag ten: the threshold is 989.
    findings = _recording(make_findings, [1000.0, 998.5, 998, 990, 989, 5], np.arange(1000.0))
    assert RecallAt01Percent().measure(findings) == [pytest.approx(2 / 6)]
    assert RecallAt1Percent().measure(findings) == [pytest.approx(4 / 6)]


def test_a_tie_with_one_innocent_too_many_counts_against_the_detector(make_findings):
    # 100 legitimate, one allowed; two of them share the top score with both sham accounts.
    findings = _recording(make_findings, [9, 9], [9, 9, *[0] * 98])
    assert RecallAt1Percent().measure(findings) == [0.0]
    # With a single one of them at the top, the threshold may lie below it.
    findings = _recording(make_findings, [9, 9], [9, 8, *[0] * 98])
    assert RecallAt1Percent().measure(findings) == [1.0]


def test_one_score_for_all_catches_nobody(make_findings):
    assert RecallAt1Percent().measure(_recording(make_findings, [1] * 5, [1] * 200)) == [0.0]


def test_not_measurable(make_findings):
    with pytest.raises(NotMeasurableError, match="no sham account"):
        RecallAt1Percent().measure(_recording(make_findings, [], np.arange(200.0)))
    with pytest.raises(NotMeasurableError, match="99 legitimate accounts are too few"):
        RecallAt1Percent().measure(_recording(make_findings, [5], np.arange(99.0)))
    with pytest.raises(NotMeasurableError, match="999 legitimate accounts are too few"):
        RecallAt01Percent().measure(_recording(make_findings, [5], np.arange(999.0)))


def test_a_rate_that_floating_point_rounds_down():
    # 0.29 * 100 is 28.999999999999996 in floating point; 29 of 100 may be flagged.
    legitimate = np.arange(100.0)
    score = np.concatenate([legitimate, [70.5]])
    sham = np.arange(101) == 100
    assert recall_at_fpr(score, sham, 0.29) == 1.0
    assert recall_at_fpr(score, sham, 0.28) == 0.0


def test_all_innocent_may_be_flagged():
    score, sham = np.array([1.0, 2, 0]), np.array([False, False, True])
    assert recall_at_fpr(score, sham, 1.0) == 1.0


scores = st.lists(st.integers(-9, 9).map(float), min_size=1, max_size=20)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(scores, scores, st.floats(0.06, 1), st.floats(0.06, 1))
def test_rises_with_the_rate_and_hangs_on_the_order_of_scores_only(sham, legitimate, one, other):
    legitimate = legitimate * 20
    score = np.array([*sham, *legitimate])
    is_sham = np.arange(len(score)) < len(sham)
    low, high = (recall_at_fpr(score, is_sham, r) for r in sorted((one, other)))
    assert 0 <= low <= high <= 1
    for monotone in (score * 7 + 1, np.exp(score), score**3):
        assert recall_at_fpr(monotone, is_sham, min(one, other)) == low
