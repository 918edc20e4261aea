"""Parts of a comparison know their worlds, whatever is missing on some seeds."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.comparison.breakdown import by_segment, by_tactic
from shamcrowd.benchmark.comparison.runs import Pair
from shamcrowd.benchmark.scoring.scores import (
    CampaignOutcome,
    DetectorScores,
    SegmentHarm,
    TrainingLabels,
)

SEEDS = (4, 7, 9)


def campaign(seed, flagged, by_training=()):
    return CampaignOutcome(
        seed, "one", "hydra", 10, flagged, 100, 1000, 0, None, None, by_training=by_training
    )


def scored(*campaigns, harm=(), by_training=(), fitted=0):
    labels = tuple(TrainingLabels(801 + n, 10, 2, 1) for n in range(fitted))
    segment = SegmentHarm("class", 0, 0, by_seed=harm, by_training=by_training)
    return DetectorScores(
        "mine", "", "detector", "ok", campaigns=campaigns, segments=(segment,), fitted=labels
    )


def pair(a, b):
    places = tuple(range(len(SEEDS)))
    return Pair(None, a, b, SEEDS, places, places)


def test_a_tactic_that_some_seeds_lack():
    a = scored(campaign(7, 2), campaign(9, 3))
    b = scored(campaign(4, 9), campaign(7, 4), campaign(9, 6))
    ((_, name, (stratum,), _),) = by_tactic([pair(a, b)], "accounts flagged")
    assert name == "hydra"
    assert stratum.worlds == [(0, 7), (0, 9)]
    assert stratum.differences == pytest.approx([0.2, 0.3])
    assert stratum.by_training is None


def test_a_segment_that_is_small_on_some_seeds():
    a = scored(harm=((9, 1), (10, 1), (20, 4)))
    b = scored(harm=((9, 9), (10, 2), (20, 6)))
    ((_, _, (stratum,), _),) = by_segment([pair(a, b)])
    assert stratum.worlds == [(0, 7), (0, 9)]
    assert stratum.differences == pytest.approx([0.1, 0.1])


def test_what_was_fitted_has_a_difference_for_each_training_seed():
    fits = ((2, 0), (4, 0))
    a = scored(campaign(4, 2, fits), campaign(7, 2, fits), fitted=2)
    b = scored(campaign(4, 6), campaign(7, 8))
    ((_, _, (stratum,), _),) = by_tactic([pair(a, b)], "accounts flagged")
    assert stratum.by_training == pytest.approx(np.array([[0.4, 0.6], [0.2, 0.4]]))
    assert stratum.differences == pytest.approx([0.3, 0.5])
    harm = ((10, 1), (10, 1), (10, 1))
    a = scored(harm=harm, by_training=((1, 1, 1), (3, 3, 3)), fitted=2)
    ((_, _, (stratum,), _),) = by_segment([pair(scored(harm=harm), a)])
    assert stratum.by_training == pytest.approx(np.array([[0.0] * 3, [0.2] * 3]))
    assert stratum.differences == pytest.approx([0.1] * 3)
