"""Floors and ceilings beside a figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shamcrowd.benchmark.comparison.reference_scores import reference_scores
from shamcrowd.benchmark.scoring.scores import DetectorScores, Measurement, RecordingSummary, Scores


def control(name, **values):
    measured = {n.replace("_", "-"): Measurement(v) for n, v in values.items()}
    return DetectorScores(name, "", "control", "ok", metrics=measured)


@pytest.fixture
def scores():
    board = (
        control("oracle", average_precision=1.0, worst_segment_fpr=0.0, time_to_detect=2.0),
        control("noisy-oracle", average_precision=0.9, worst_segment_fpr=0.01),
        control("volume-only", average_precision=0.3, worst_segment_fpr=0.5),
        control("random", average_precision=0.1, worst_segment_fpr=0.03),
        replace(control("mine", average_precision=0.99), kind="detector"),
    )
    recordings = tuple(RecordingSummary(s, "", 100, 8, 5, p) for s, p in ((1, 0.08), (2, 0.10)))
    return Scores("s", "", "", (1, 2), (901,), 0.01, 0, 1, (1,), recordings, board, {})


def test_chance_best_control_and_oracle(scores):
    found = reference_scores(scores, "average-precision")
    assert found.chance == pytest.approx(0.09)
    # Neither a detector nor a control that knows the truth is a floor.
    assert (found.control, found.best_control, found.oracle) == ("volume-only", 0.3, 1.0)


def test_the_random_control_stands_for_chance_that_cannot_be_worked_out(scores):
    found = reference_scores(scores, "worst-segment-fpr")
    assert found.chance == 0.03
    assert (found.control, found.best_control) == ("random", 0.03)


def test_what_was_not_measured_is_left_out(scores):
    assert reference_scores(scores, "time-to-detect").known() == [("oracle", 2.0)]
    assert reference_scores(scores, "b-cubed-f1").known() == []
    assert reference_scores(scores, "recall-at-1-percent").known() == []
