"""95 % intervals for the mean of a metric over seeds, and over scenarios."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.crossed_effects import pairs_variance
from shamcrowd.benchmark.scoring.metrics.base import Values
from shamcrowd.benchmark.scoring.support import ANY, Support

FEWEST_SEEDS = 5
"""With fewer seeds the interval would mostly reflect chance."""
TAIL = 0.025
NO_SPREAD = 1e-12
"""Standard deviations below this are rounding errors, as a share of the largest value."""
SKEW = 0.8
"""How much faster the variance grows near an end of the range than in its middle."""
OPEN = 1.5
"""How fast it grows if there is no upper end. Both were chosen by simulation; see the tests."""

BISECTIONS = 40


def interval(by_seed: Sequence[Values], support: Support = ANY) -> tuple[float, float] | None:
    """Interval for the mean over seeds; None if there is none.

    Seeds are the unit: each plays a world of its own, so the values of a seed (one per campaign)
    count as their mean. The interval is that of Student's t. Near an end of the range the variance
    of a metric depends on its mean, and samples are skewed. There the interval is the set of means
    ``m`` with ``|mean - m| <= t s sqrt(V(m) / V(mean) / n)``, where ``V(m) = (m (1 - m)) ** p`` on
    the range 0 to 1, and p goes from 1 in the middle (as for shares of a fixed number) to 1.8 at
    the ends (almost that of a gamma distribution, 2); ``V(m) = m ** 1.5`` where there is no upper
    end. Hits, one per seed, have the exact interval of Clopper and Pearson.

    There is no interval below ``FEWEST_SEEDS`` seeds, and none if the value is the same on every
    seed, except for hits: there it is the exact one for the mean of values from 0 to 1. Values
    outside the range are taken as values without one.

    Source: Student 1908; score intervals as in Wilson 1927
    (https://doi.org/10.1080/01621459.1927.10502953), with an estimated dispersion as in McCullagh
    and Nelder 1989, section 4.5; Clopper and Pearson 1934
    (https://doi.org/10.1093/biomet/26.4.404). Coverage is measured in the tests.

    >>> interval([[0.5], [0.6]] * 2) is None
    True
    >>> low, high = interval([[0.5], [0.6], [0.4], [0.7], [0.5]])
    >>> round(low, 3), round(high, 3)
    (0.398, 0.682)
    >>> low, high = interval([[1.0]] * 5, Support(hits=True))
    >>> round(low, 3), high
    (0.478, 1.0)
    """
    return mean_interval([by_seed], [1.0], support)


def mean_interval(
    strata: Sequence[Sequence[Values]], weights: Sequence[float], support: Support = ANY
) -> tuple[float, float] | None:
    """Interval for the weighted mean of scenarios, each with values by seed; None if there is none.

    Scenarios are fixed. Their intervals are combined by the distances from their means to their
    limits, the squares of which add up; t has the degrees of freedom of Satterthwaite 1946.

    Source: MOVER, Donner and Zou 2012 (https://doi.org/10.1177/0962280210389040);
    https://doi.org/10.2307/3002019 for the degrees of freedom.
    """
    return fitted_interval([[seeds] for seeds in strata], weights, support, fewest=1)


def fitted_interval(
    strata: Sequence[Sequence[Sequence[Values]]], weights: Sequence[float],
    support: Support = ANY, fewest: int = FEWEST_SEEDS,
) -> tuple[float, float] | None:  # fmt: skip
    """As `mean_interval`, of a detector that was fitted on several training seeds.

    Each scenario has values by training seed, then by scored seed: every pair of both. Their
    effects are random and crossed. The variance of the mean is that between scored seeds, scenario
    by scenario, and that between training seeds, which are the same in all scenarios; what both
    count twice is taken off. The degrees of freedom are again Satterthwaite's. None below
    ``fewest`` training seeds.

    Source: two-way random effects without replication, Searle, Casella and McCulloch 1992,
    *Variance Components*, section 4.5.

    >>> by_training = [[[0.1 * t + 0.01 * s] for s in range(5)] for t in range(5)]
    >>> low, high = fitted_interval([by_training], [1.0])
    >>> round(low, 3), round(high, 3)
    (0.024, 0.416)
    """
    many = {len(of) for of in strata}
    if len(many) != 1 or min(many) < fewest:
        return None
    if min(len(seeds) for of in strata for seeds in of) < FEWEST_SEEDS:
        return None
    values = (v for of in strata for seeds in of for s in seeds for v in s)
    if not all(support.low <= v <= support.high for v in values):
        support = ANY
    samples = [_sample(of, support) for of in strata]
    shares = np.asarray(weights, float) / np.sum(weights)
    variances = np.array([s.error**2 for s in samples]) * shares**2
    training = _between_training(samples, shares)
    t = _student(_freedom(variances, [len(s.values) for s in samples], training))
    limits = [s.limits(t, support) for s in samples]
    means = np.array([s.mean for s in samples])
    whole = float(shares @ means)
    apart = [shares * (means - [ends[side] for ends in limits]) for side in (0, 1)]
    if training.variance > 0.0:
        inside = Support() if support.hits else support
        ends = _skewed(whole, t * math.sqrt(training.variance), inside)
        apart = [np.append(d, whole - end) for d, end in zip(apart, ends, strict=True)]
    elif all(low == high for low, high in limits):
        return None
    below, above = (math.sqrt(float(np.sum(d**2))) for d in apart)
    whole -= float(shares @ [s.shift for s in samples])
    return max(whole - below, support.low), min(whole + above, support.high)


@dataclass(frozen=True)
class _Sample:
    """Means of one scenario. ``shift``: what hits lost to chance, on average.

    ``table`` has a row for each training seed and a column for each scored seed.
    """

    table: npt.NDArray[np.float64]
    shift: float
    hits: bool

    @property
    def values(self) -> npt.NDArray[np.float64]:
        """By scored seed."""
        mean: npt.NDArray[np.float64] = self.table.mean(axis=0)
        return mean

    @property
    def units(self) -> int:
        """How many independent values there are at least."""
        rows, columns = len(self.table), len(self.table[0])
        return columns if rows == 1 else min(rows, columns)

    @property
    def mean(self) -> float:
        return float(self.values.mean())

    @property
    def error(self) -> float:
        """Standard error of the mean; 0 where it plays no part, as the interval is exact."""
        spread = float(self.values.std(ddof=1))
        if spread <= NO_SPREAD * float(np.abs(self.values).max()) or self._single:
            return 0.0
        return spread / math.sqrt(len(self.values))

    @property
    def _single(self) -> bool:
        """Whether every value is one hit or none."""
        return self.hits and bool(np.isin(self.values, (0.0, 1.0)).all())

    def limits(self, t: float, support: Support) -> tuple[float, float]:
        """Ends of the interval, before the shift."""
        if self._single:
            hits, seeds = int(self.values.sum()), len(self.values)
            alike = hits in (0, seeds)
            return _exact(min(hits, self.units), self.units) if alike else _exact(hits, seeds)
        if self.error == 0.0:
            return self._without_spread() if self.hits else (self.mean, self.mean)
        inside = Support() if self.hits else support
        return _skewed(self.mean, t * self.error, inside)

    def _without_spread(self) -> tuple[float, float]:
        """The same share of hits on every seed: bounds for any values from 0 to 1.

        The share of the range that n equal values leave open is that of n hits.
        """
        open_ = TAIL ** (1 / self.units)
        return self.mean * open_, 1 - (1 - self.mean) * open_


def _sample(of: Sequence[Sequence[Values]], support: Support) -> _Sample:
    means = np.array([[sum(v) / len(v) for v in seeds] for seeds in of], float)
    if not support.hits:
        return _Sample(means, 0.0, hits=False)
    # Chance takes less than a whole hit, so that what is left of one is above 0.
    found = np.array([[sum(x > 0 for x in v) / len(v) for v in seeds] for seeds in of])
    return _Sample(found, float(found.mean() - means.mean()), hits=True)


@dataclass(frozen=True)
class _Training:
    """What training seeds add to the variance of a mean. ``squares``: for degrees of freedom."""

    variance: float
    squares: float


def _between_training(samples: Sequence[_Sample], shares: npt.NDArray[np.float64]) -> _Training:
    many = len(samples[0].table)
    if many == 1:
        return _Training(0.0, 0.0)
    means = sum(share * s.table.mean(axis=1) for share, s in zip(shares, samples, strict=True))
    whole = float(np.var(means, ddof=1)) / many
    # What a pair of seeds adds by itself is in the variance of both sides.
    twice, squares = 0.0, whole**2 / (many - 1)
    for share, s in zip(shares, samples, strict=True):
        pairs, free = pairs_variance(s.table)
        own = float(share**2) * pairs
        twice, squares = twice + own, squares + own**2 / free
    left = whole - twice
    return _Training(left, squares) if left > NO_SPREAD else _Training(0.0, 0.0)


def _freedom(
    variances: npt.NDArray[np.float64], seeds: Sequence[int], training: _Training
) -> float:
    """Degrees of freedom of a sum of estimated variances; infinite if none is estimated."""
    total = float(variances.sum()) + training.variance
    if total == 0.0:
        return math.inf
    own = float(np.sum(variances**2 / (np.asarray(seeds) - 1)))
    return total**2 / (own + training.squares)


def _student(freedom: float) -> float:
    from scipy.special import ndtri, stdtrit

    return float(ndtri(1 - TAIL) if math.isinf(freedom) else stdtrit(freedom, 1 - TAIL))


def _exact(hits: int, seeds: int) -> tuple[float, float]:
    """Interval of Clopper and Pearson for a share of hits.

    >>> [round(v, 3) for v in _exact(2, 5)]
    [0.053, 0.853]
    """
    from scipy.special import betaincinv

    low = float(betaincinv(hits, seeds - hits + 1, TAIL)) if hits else 0.0
    high = float(betaincinv(hits + 1, seeds - hits, 1 - TAIL)) if hits < seeds else 1.0
    return low, high


def _skewed(mean: float, reach: float, support: Support) -> tuple[float, float]:
    """Means that the sample's mean is within ``reach`` of, as `interval` says."""
    if math.isinf(support.low):
        return mean - reach, mean + reach
    below = mean - support.low
    power = OPEN
    if math.isfinite(support.high):
        power = 1 + SKEW * (1 - 2 * below / (support.high - support.low)) ** 2

    def variance(at: float) -> float:
        """Relative to that at the sample's mean."""
        ratio = (at - support.low) / below
        if math.isfinite(support.high):
            ratio *= (support.high - at) / (support.high - mean)
        return float(max(ratio, 0.0) ** power)

    def edge(sign: int, end: float) -> float:
        """Where the distance from the mean begins to be more than the reach."""
        near, far = mean, end
        for _ in range(BISECTIONS):
            middle = (near + far) / 2
            inside = sign * (middle - mean) <= reach * math.sqrt(variance(middle))
            near, far = (middle, far) if inside else (near, middle)
        return near

    # Without an upper end the variance grows more slowly than the squared distance.
    high = support.high if math.isfinite(support.high) else _beyond(mean, reach, variance)
    return edge(-1, support.low), edge(1, high)


def _beyond(mean: float, reach: float, variance: Callable[[float], float]) -> float:
    """A mean above the interval."""
    step = reach
    while step <= reach * math.sqrt(variance(mean + step)):
        step *= 2
    return mean + step
