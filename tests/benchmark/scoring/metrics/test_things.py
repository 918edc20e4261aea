"""Metrics of things: the threshold that spares the legitimate, and whom it hurts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from shamcrowd.benchmark.scoring.metrics.bystanders_of_things import BystandersOfThings
from shamcrowd.benchmark.scoring.metrics.stopped_by_things import StoppedByThings
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.thing_effects import ThingEffects

STOPPED, HURT = StoppedByThings().measure, BystandersOfThings().measure


@pytest.fixture
def found(make_findings):
    """200 legitimate accounts of two segments, and four sham ones, hurt by things of some score."""

    def of(hurt, score=(1.0, 2.0, 3.0), tokens=(50, 30, 20)):
        made = make_findings([0] * 4 + [-1] * 200, segment=[-1] * 4 + [0] * 180 + [1] * 20)
        lost = np.full(204, -np.inf)
        for place, value in hurt.items():
            lost[4 + place] = value
        lost[:4] = 9.0
        return replace(made, things=ThingEffects(lost, np.array(score), np.array(tokens)))

    return of


@pytest.mark.parametrize(
    ("hurt", "stopped", "worst"),
    [
        ({}, 1.0, 0.0),
        ({0: 1.0, 199: 2.0}, 1.0, 1 / 20),  # two of 200 are 1 %: allowed
        ({0: 1.0, 199: 2.0, 198: 1.5}, 0.5, 2 / 20),  # a third at 1: only what is above it
        ({0: 2.0, 1: 2.0, 2: 2.0}, 0.2, 0.0),  # equal scores go together
        ({0: 3.0, 1: 3.0, 2: 3.0}, 0.0, 0.0),
    ],
)
def test_at_most_one_percent_are_bystanders(found, hurt, stopped, worst):
    assert STOPPED(found(hurt)) == [pytest.approx(stopped)]
    assert HURT(found(hurt)) == [pytest.approx(worst)]


def test_what_was_never_named_is_not_stopped(found):
    # 40 of 100 tokens went through nothing that was named.
    assert STOPPED(found({}, (-np.inf, 5.0), (40, 60))) == [pytest.approx(0.6)]


def test_nothing_to_measure(found, make_findings):
    for measure in (STOPPED, HURT):
        with pytest.raises(NotMeasurableError, match="names no things"):
            measure(make_findings([0, -1]))
    with pytest.raises(NotMeasurableError, match="no abusive request"):
        STOPPED(found({}, (), ()))
