"""How often an interval of 95 % holds the true mean, by simulation."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.scoring.intervals import fitted_interval, interval, mean_interval
from shamcrowd.benchmark.scoring.support import POSITIVE, Support

SHARE, HITS = Support(), Support(hits=True)
TRIES = 800
ERROR = 2 * (0.05 * 0.95 / TRIES) ** 0.5
"""Twice the standard error of a coverage that is counted."""

SHAPES = {
    "normal": (lambda rng, size: rng.normal(0.5, 0.1, size), 0.5),
    "normal, high": (lambda rng, size: rng.normal(0.8, 0.05, size), 0.8),
    "low recall, very skewed": (lambda rng, size: rng.beta(0.5, 9.5, size), 0.05),
    "low recall, skewed": (lambda rng, size: rng.beta(1, 19, size), 0.05),
    "low recall": (lambda rng, size: rng.beta(5, 95, size), 0.05),
    "either or": (lambda rng, size: rng.beta(0.5, 0.5, size), 0.5),
}


def covered(draw, mean, seeds, support):
    """Share of tries in which the interval holds the mean; one without an interval does not."""
    rng = np.random.default_rng(7)
    inside = 0
    for _ in range(TRIES):
        bounds = interval(draw(rng, seeds).tolist(), support)
        inside += bounds is not None and bounds[0] <= mean <= bounds[1]
    return inside / TRIES


@pytest.mark.parametrize("seeds", [5, 10, 20])
@pytest.mark.parametrize("shape", SHAPES)
def test_of_a_share(shape, seeds):
    draw, mean = SHAPES[shape]
    inside = covered(lambda rng, n: draw(rng, (n, 1)), mean, seeds, SHARE)
    assert 0.93 - ERROR <= inside <= 0.97 + ERROR


@pytest.mark.parametrize("seeds", [5, 10, 20])
def test_of_hours(seeds):
    inside = covered(lambda rng, n: rng.gamma(2, 5, (n, 1)), 10, seeds, POSITIVE)
    assert 0.93 - ERROR <= inside <= 0.97 + ERROR


@pytest.mark.parametrize("seeds", [5, 10, 20])
@pytest.mark.parametrize("chance", [0.1, 0.5, 0.9])
def test_of_one_campaign_found_or_not(chance, seeds):
    # Exact means at least: a count has few values, so that it is more for most chances.
    inside = covered(
        lambda rng, n: rng.binomial(1, chance, (n, 1)).astype(float), chance, seeds, HITS
    )
    assert inside >= 0.95 - ERROR


@pytest.mark.parametrize("seeds", [5, 10, 20])
@pytest.mark.parametrize("chance", [0.1, 0.3, 0.5, 0.9])
def test_of_six_campaigns(chance, seeds):
    inside = covered(
        lambda rng, n: rng.binomial(1, chance, (n, 6)).astype(float), chance, seeds, HITS
    )
    assert 0.93 - ERROR <= inside <= 0.98 + ERROR


@pytest.mark.parametrize("seeds", [5, 10])
def test_of_the_mean_of_eight_scenarios(seeds):
    rng = np.random.default_rng(8)
    means = np.linspace(0.05, 0.9, 8)
    inside = 0
    for _ in range(TRIES // 3):
        strata = [rng.beta(8 * m, 8 * (1 - m), (seeds, 1)).tolist() for m in means]
        low, high = mean_interval(strata, [1] * 8, SHARE)
        inside += low <= means.mean() <= high
    assert 0.93 - 2 * ERROR <= inside / (TRIES // 3) <= 0.97 + 2 * ERROR


def effects(rng, training, seeds, mean, sizes):
    """A value for each pair of a training seed and a scored seed, with effects of both."""
    of_training, of_seed, own = sizes
    return (
        mean
        + rng.normal(0, of_training, (training, 1))
        + rng.normal(0, of_seed, (1, seeds))
        + rng.normal(0, own, (training, seeds))
    )


def skewed_effects(rng, training, seeds, mean):
    """Recall of models between 0 and 1, few of which find much."""
    models = rng.beta(mean * 6, (1 - mean) * 6, (training, 1)).clip(1e-4, 1 - 1e-4)
    return rng.beta(models * 60, (1 - models) * 60, (training, seeds))


CROSSED = {
    "mostly of training": (lambda *to: effects(*to, 0.5, (0.1, 0.03, 0.03)), 0.5),
    "of both": (lambda *to: effects(*to, 0.5, (0.05, 0.05, 0.05)), 0.5),
    "of seeds alone": (lambda *to: effects(*to, 0.5, (0.0, 0.05, 0.05)), 0.5),
    "recall, mostly of training": (lambda *to: skewed_effects(*to, 0.3), 0.3),
}


@pytest.mark.parametrize("seeds", [5, 10, 20])
@pytest.mark.parametrize("shape", CROSSED)
def test_of_a_detector_fitted_on_five_training_seeds(shape, seeds):
    draw, mean = CROSSED[shape]
    rng = np.random.default_rng(9)
    inside = 0
    for _ in range(TRIES):
        table = draw(rng, 5, seeds)
        low, high = fitted_interval([table[:, :, None].tolist()], [1.0], SHARE)
        inside += low <= mean <= high
    assert 0.93 - ERROR <= inside / TRIES <= 0.97 + ERROR


def test_of_a_mean_over_scenarios_that_share_their_training_seeds():
    rng = np.random.default_rng(10)
    inside = 0
    for _ in range(TRIES // 2):
        of_training = rng.normal(0, 0.08, (5, 1))
        strata = [
            (0.5 + of_training + rng.normal(0, 0.05, (1, 10)) + rng.normal(0, 0.03, (5, 10)))
            for _ in range(4)
        ]
        low, high = fitted_interval([s[:, :, None].tolist() for s in strata], [1.0] * 4, SHARE)
        inside += low <= 0.5 <= high
    assert 0.93 - 1.5 * ERROR <= inside / (TRIES // 2) <= 0.97 + 1.5 * ERROR


def test_without_the_training_seed_the_interval_would_be_too_short():
    rng = np.random.default_rng(11)
    inside = 0
    for _ in range(TRIES):
        table = effects(rng, 5, 10, 0.5, (0.1, 0.03, 0.03))
        low, high = interval(table.mean(axis=0)[:, None].tolist(), SHARE)
        inside += low <= 0.5 <= high
    assert inside / TRIES < 0.6
