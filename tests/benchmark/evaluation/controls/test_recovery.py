"""The scoring gives back the rates that the noisy oracle was made with."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from shamcrowd.benchmark.evaluation.controls.noisy_oracle import (
    DELAY_HOURS,
    MISSED,
    WRONG,
    NoisyOracle,
)
from shamcrowd.benchmark.scoring.labelled_findings import label_findings
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.operating_point import operating_point

MANY = 10_000
"""Sham accounts, and legitimate ones."""


@pytest.fixture(scope="module")
def judged(make_truth):
    """Judged on one seed at the operating point that two others set."""
    truth = {
        "campaign": [0] * MANY + [-1] * MANY,
        "sham_from": [0] * 2 * MANY,
        "first_abuse": [0] * MANY + [-1] * MANY,
        "hours": range(1, 1001),
    }
    said = {s: (made, NoisyOracle().findings(made)) for s in (1, 901, 902)
            for made in [make_truth(seed=s, **truth)]}  # fmt: skip
    legitimate = [said[s][1].score[MANY:] for s in (901, 902)]
    return label_findings(*said[1], operating_point(legitimate, 0.01))


def within(count, rate):
    """Is a count what a rate gives, in all but one of a thousand worlds?"""
    low, high = binom.ppf([0.0005, 0.9995], MANY, rate)
    return low <= count <= high


def measured(name, judged):
    return metrics()[name].measure(judged)[0]


def test_the_share_missed_and_the_share_wrong(judged):
    assert within(judged.alert[:MANY].sum(), 1 - MISSED)
    assert within(judged.alert[MANY:].sum(), WRONG)
    assert within(measured("recall-at-1-percent", judged) * MANY, 1 - MISSED)
    # More are wrong than 0.1 %: no threshold on two scores can catch anybody.
    assert measured("recall-at-0-1-percent", judged) == 0


def test_average_precision_is_that_of_two_scores(judged):
    recall = 1 - MISSED
    expected = recall * recall / (recall + WRONG) + MISSED * 0.5
    assert measured("average-precision", judged) == pytest.approx(expected, abs=0.01)


def test_the_delay_by_which_half_are_caught(judged):
    # Of all sham accounts (1 - MISSED) (1 - exp(-t / DELAY_HOURS)) are caught by t, and a review
    # every hour rounds up.
    expected = -DELAY_HOURS * np.log(1 - 0.5 / (1 - MISSED))
    assert measured("time-to-detect", judged) == pytest.approx(expected + 0.5, rel=0.05)
