"""Calibrated average precision, expected cost and the ratio of segments, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.scoring.metrics.calibrated_average_precision import (
    PRIOR,
    CalibratedAveragePrecision,
)
from shamcrowd.benchmark.scoring.metrics.expected_cost import ExpectedCost
from shamcrowd.benchmark.scoring.metrics.segment_fpr_ratio import SegmentFprRatio
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

CALIBRATED = CalibratedAveragePrecision().measure
COST = ExpectedCost().measure
RATIO = SegmentFprRatio().measure


def test_calibrated_by_hand(make_findings):
    # Order: sham, legitimate, sham, legitimate. At recall 1/2: TPR 1/2, FPR 0: precision 1. At
    # recall 1: TPR 1, FPR 1/2: q / (q + (1 - q) / 2).
    findings = make_findings([0, -1, 0, -1], score=[4, 3, 2, 1])
    second = PRIOR / (PRIOR + (1 - PRIOR) / 2)
    assert CALIBRATED(findings) == pytest.approx([0.5 + 0.5 * second])


def test_more_innocent_people_alike_change_nothing(make_findings):
    rng = np.random.default_rng(3)
    sham, legitimate = rng.normal(1, 1, 50), rng.normal(0, 1, 200)
    few = make_findings([0] * 50 + [-1] * 200, score=[*sham, *legitimate])
    many = make_findings([0] * 50 + [-1] * 2000, score=[*sham, *np.tile(legitimate, 10)])
    assert CALIBRATED(few) == pytest.approx(CALIBRATED(many))


def test_calibrated_is_not_measurable_on_one_side_alone(make_findings):
    with pytest.raises(NotMeasurableError, match="no sham"):
        CALIBRATED(make_findings([-1, -1]))
    with pytest.raises(NotMeasurableError, match="no legitimate"):
        CALIBRATED(make_findings([0, 0]))


def test_cost_by_hand(make_findings):
    # 2 shams, one missed; 98 legitimate, three flagged: (10 + 3) / min(20, 98).
    flagged = [0, None, 0, 0, 0] + [None] * 95
    assert COST(make_findings([0, 0] + [-1] * 98, flagged=flagged)) == pytest.approx([13 / 20])


def test_cost_against_flagging_everybody_where_shams_abound(make_findings):
    # 5 shams, one missed; 5 legitimate: (10 + 0) / min(50, 5).
    flagged = [0] * 4 + [None] * 6
    assert COST(make_findings([0] * 5 + [-1] * 5, flagged=flagged)) == [2.0]


def test_cost_is_not_measurable_on_one_side_alone(make_findings):
    with pytest.raises(NotMeasurableError, match="no sham"):
        COST(make_findings([-1, -1]))
    with pytest.raises(NotMeasurableError, match="no legitimate"):
        COST(make_findings([0, 0]))


def test_ratio_by_hand(make_findings):
    # 1 of 10, 4 of 20; a segment of nine people does not count.
    segment = [0] * 10 + [1] * 20 + [2] * 9
    flagged = [0] + [None] * 9 + [0] * 4 + [None] * 16 + [0] * 9
    findings = make_findings([-1] * 39, segment=segment, flagged=flagged)
    assert RATIO(findings) == pytest.approx([0.1 / 0.2])


def test_ratio_of_nobody_hurt(make_findings):
    with pytest.raises(NotMeasurableError, match="no legitimate account"):
        RATIO(make_findings([-1] * 10, segment=[0] * 10))
