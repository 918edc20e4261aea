"""A paired difference between two detectors on identical traffic, its interval and verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.intervals import FEWEST_SEEDS, bounds, resampled

Verdict = Literal["better", "worse", "cannot tell", ""]
Better = Literal["higher", "lower"]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Stratum:
    """One scenario: for each seed the values of A and B, campaign by campaign.

    ``stream`` numbers its random draws, so that scenarios are resampled independently.
    """

    seeds: Sequence[tuple[Values, Values]]
    stream: int = 0

    @cached_property
    def drawn(self) -> Values:
        """Resampled means of B minus A."""
        return resampled([(y - x).tolist() for x, y in self.seeds], self.stream)


@dataclass(frozen=True)
class Difference:
    """B minus A over all strata. ``low`` to ``high`` bound a 95 % interval.

    ``verdict`` says how B compares with A; it is "" where none can be given, and ``reason`` says
    why.
    """

    a: float | None
    b: float | None
    value: float | None
    low: float | None = None
    high: float | None = None
    verdict: Verdict = ""
    reason: str = ""


def difference(
    strata: Sequence[Stratum], better: Better, weights: Sequence[float] | None = None
) -> Difference:
    """The mean of the strata's differences, weighted by ``weights`` if given.

    Seeds are resampled with replacement within a scenario, and campaigns within a seed, the same
    for A and B, so that the effect of an easy seed cancels. Scenarios are fixed. There is no
    interval and no verdict unless every scenario has the minimum of seeds.

    Source: paired bootstrap as in Efron and Tibshirani 1993, chapter 16; two stages as in Davison
    and Hinkley 1997, section 3.8.

    >>> wins = Stratum([(np.array([0.5]), np.array([0.7]))] * 5)
    >>> difference([wins], "higher").verdict, difference([wins], "lower").verdict
    ('better', 'worse')
    >>> difference([Stratum(wins.seeds[:4])], "higher").reason
    '4 seeds; 5 are the least for a verdict'
    """
    shares = np.ones(len(strata)) if weights is None else np.asarray(weights, float)
    shares = shares / shares.sum()
    a, b = (
        float(shares @ [float(np.mean([v[side].mean() for v in s.seeds])) for s in strata])
        for side in (0, 1)
    )
    fewest = min(len(s.seeds) for s in strata)
    if fewest < FEWEST_SEEDS:
        plural = "s" if fewest != 1 else ""
        reason = f"{fewest} seed{plural}; {FEWEST_SEEDS} are the least for a verdict"
        return Difference(a, b, b - a, reason=reason)
    low, high = bounds(sum(w * s.drawn for w, s in zip(shares, strata, strict=True)))
    return Difference(a, b, b - a, low, high, _verdict(low, high, better))


def _verdict(low: float, high: float, better: Better) -> Verdict:
    if low > 0:
        return "better" if better == "higher" else "worse"
    if high < 0:
        return "worse" if better == "higher" else "better"
    return "cannot tell"
