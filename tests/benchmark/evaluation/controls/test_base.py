"""Controls that know the truth: what they say, and from when on."""

from __future__ import annotations

import numpy as np

from shamcrowd.benchmark.evaluation.controls.noisy_oracle import MISSED, WRONG, NoisyOracle
from shamcrowd.benchmark.evaluation.controls.oracle import Oracle
from shamcrowd.benchmark.scoring.findings_store import NEVER_FLAGGED
from shamcrowd.recording.units import MS_PER_HOUR

HOUR = MS_PER_HOUR


def test_the_oracle_speaks_at_the_first_review_after_an_account_turned_sham(make_truth):
    # Reviews at 1, 2, 3, 4 h. A moment that is the review's own belongs to that review.
    since = [0, HOUR, HOUR + 1, 0, 5 * HOUR]
    truth = make_truth([0, 0, 1, -1, 1], sham_from=since)
    saved = Oracle().findings(truth)
    first = saved.first_over(0.5).tolist()
    assert first == [0, 0, 1, NEVER_FLAGGED, NEVER_FLAGGED]
    assert saved.score.tolist() == [1, 1, 1, 0, 0]
    assert saved.cluster.tolist() == [0, 0, 1, -1, -1]
    assert saved.reason[0] == "the truth says so"
    assert saved.reason[3] == ""
    assert saved.groups


def test_the_noisy_oracle_misses_errs_and_is_late(make_truth):
    many = 4000
    hours = range(1, 2001)
    truth = make_truth([0] * many + [-1] * many, sham_from=[0] * 2 * many, hours=hours)
    saved = NoisyOracle().findings(truth)
    named = saved.score > 0
    assert abs(named[:many].mean() - (1 - MISSED)) < 0.03
    assert 0 < named[many:].mean() < 2.5 * WRONG
    # An exponential delay of 72 h on average, up to the next review on the hour.
    first = saved.first_over(0.5)
    delays = first[:many][named[:many]] + 1
    assert abs(delays.mean() - 72.5) < 4


def test_the_noisy_oracle_is_the_same_on_a_seed_and_another_on_another(make_truth):
    truth = {"campaign": [0] * 200, "sham_from": [0] * 200, "hours": range(1, 500)}
    one, same, other = (
        NoisyOracle().findings(make_truth(seed=seed, **truth)).score for seed in (1, 1, 2)
    )
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
