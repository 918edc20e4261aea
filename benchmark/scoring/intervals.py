"""95 % intervals for the mean of a metric over seeds, and over scenarios."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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
    if min(len(seeds) for seeds in strata) < FEWEST_SEEDS:
        return None
    if not all(support.low <= v <= support.high for seeds in strata for s in seeds for v in s):
        support = ANY
    samples = [_sample(seeds, support) for seeds in strata]
    shares = np.asarray(weights, float) / np.sum(weights)
    variances = np.array([s.error**2 for s in samples]) * shares**2
    t = _student(_freedom(variances, [len(s.values) for s in samples]))
    limits = [s.limits(t, support) for s in samples]
    if all(low == high for low, high in limits):
        return None
    means = np.array([s.mean for s in samples])
    below, above = (
        math.sqrt(float(np.sum((shares * (means - [ends[side] for ends in limits])) ** 2)))
        for side in (0, 1)
    )
    shift = float(shares @ [s.shift for s in samples])
    whole = float(shares @ means) - shift
    return max(whole - below, support.low), min(whole + above, support.high)


@dataclass(frozen=True)
class _Sample:
    """Means by seed of one scenario. ``shift``: what hits lost to chance, on average."""

    values: npt.NDArray[np.float64]
    shift: float
    hits: bool

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
            return _exact(int(self.values.sum()), len(self.values))
        if self.error == 0.0:
            return self._without_spread() if self.hits else (self.mean, self.mean)
        inside = Support() if self.hits else support
        return _skewed(self.mean, t * self.error, inside)

    def _without_spread(self) -> tuple[float, float]:
        """The same share of hits on every seed: bounds for any values from 0 to 1.

        The share of the range that n equal values leave open is that of n hits.
        """
        open_ = TAIL ** (1 / len(self.values))
        return self.mean * open_, 1 - (1 - self.mean) * open_


def _sample(seeds: Sequence[Values], support: Support) -> _Sample:
    means = np.array([sum(v) / len(v) for v in seeds], float)
    if not support.hits:
        return _Sample(means, 0.0, hits=False)
    # Chance takes less than a whole hit, so that what is left of one is above 0.
    found = np.array([sum(x > 0 for x in v) / len(v) for v in seeds])
    return _Sample(found, float(found.mean() - means.mean()), hits=True)


def _freedom(variances: npt.NDArray[np.float64], seeds: Sequence[int]) -> float:
    """Degrees of freedom of a sum of estimated variances; infinite if none is estimated."""
    total = float(variances.sum())
    if total == 0.0:
        return math.inf
    return total**2 / float(np.sum(variances**2 / (np.asarray(seeds) - 1)))


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
