"""Bootstrap 95 % intervals for the mean of a metric over seeds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.metrics.base import Values

FEWEST_SEEDS = 5
"""With fewer seeds the interval would mostly reflect chance."""
ROUNDS = 2000


def interval(by_seed: Sequence[Values]) -> tuple[float, float] | None:
    """Percentile bootstrap interval: seeds are resampled, then the campaigns within each seed.

    None with fewer than ``FEWEST_SEEDS`` seeds. The same input gives the same interval.

    Source: Efron and Tibshirani 1993, chapter 13; two-stage resampling as in Davison and Hinkley
    1997, section 3.8.

    >>> interval([[0.5]] * 4) is None
    True
    >>> interval([[0.5]] * 5)
    (0.5, 0.5)
    """
    if len(by_seed) < FEWEST_SEEDS:
        return None
    return bounds(resampled(by_seed))


def bounds(means: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The 2.5 % and 97.5 % quantiles of resampled means."""
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def resampled(by_seed: Sequence[Values], stream: int = 0) -> npt.NDArray[np.float64]:
    """``ROUNDS`` means of seeds drawn with replacement, and of campaigns within each.

    ``stream`` numbers independent draws, such as those of another scenario.
    """
    rng = np.random.default_rng(stream)
    drawn = rng.integers(len(by_seed), size=(ROUNDS, len(by_seed)))
    means = np.empty((ROUNDS, len(by_seed)))
    for number, values in enumerate(by_seed):
        own = np.asarray(values, float)
        if len(own) == 1:
            means = np.where(drawn == number, own[0], means)
            continue
        picks = rng.integers(len(own), size=(ROUNDS, len(by_seed), len(own)))
        means = np.where(drawn == number, own[picks].mean(axis=2), means)
    drawn_means: npt.NDArray[np.float64] = means.mean(axis=1)
    return drawn_means
