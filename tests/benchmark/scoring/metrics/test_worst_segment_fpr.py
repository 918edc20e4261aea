"""Worst-segment false-positive rate against shares done by hand."""

from __future__ import annotations

import pytest

from shamcrowd.benchmark.scoring.metrics.worst_segment_fpr import WorstSegmentFpr
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.segments import SMALLEST

MEASURE = WorstSegmentFpr().measure


def test_the_worst_and_not_the_mean(make_findings):
    # Segment 0: 1 of 10; segment 1: 6 of 20. The mean over all would be 7/30.
    flagged = [0] + [None] * 9 + [0] * 6 + [None] * 14
    findings = make_findings([-1] * 30, segment=[0] * 10 + [1] * 20, flagged=flagged)
    assert MEASURE(findings) == [0.3]


def test_tiny_segments_say_nothing(make_findings):
    # Segment 1 is one account short and all of it is flagged.
    small = SMALLEST - 1
    findings = make_findings(
        [-1] * (10 + small),
        segment=[0] * 10 + [1] * small,
        flagged=[0, 0] + [None] * 8 + [0] * small,
    )
    assert MEASURE(findings) == [0.2]


def test_sham_accounts_are_neither_hurt_nor_counted(make_findings):
    # Sham accounts pose as segment 0 and are flagged: 0 of 10 legitimate ones.
    findings = make_findings([0] * 5 + [-1] * 10, segment=[0] * 15, flagged=[0] * 5 + [None] * 10)
    assert MEASURE(findings) == [0.0]
    # They do not make a tiny segment large enough either.
    findings = make_findings([0] * 5 + [-1] * 9, segment=[0] * 14, flagged=[0] * 14)
    with pytest.raises(NotMeasurableError, match="no segment with 10"):
        MEASURE(findings)


def test_everything_flagged(make_findings):
    assert MEASURE(make_findings([-1] * 12, segment=[0] * 12, flagged=[0] * 12)) == [1.0]
