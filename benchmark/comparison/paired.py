"""A difference between two detectors on identical traffic, its interval, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from benchmark.scoring.intervals import FEWEST_SEEDS, bounds, resampled

Verdict = Literal["better", "worse", "cannot tell", ""]
Better = Literal["higher", "lower"]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Stratum:
    """One scenario: for each seed the values of A and B, campaign by campaign; its weight."""

    seeds: Sequence[tuple[Values, Values]]
    weight: float = 1.0


@dataclass(frozen=True)
class Difference:
    """B minus A, over all strata. ``low`` to ``high`` bound a 95 % interval.

    ``verdict`` says how B does against A; "" with the ``reason`` where none may be given.
    """

    a: float | None
    b: float | None
    value: float | None
    low: float | None = None
    high: float | None = None
    verdict: Verdict = ""
    reason: str = ""


def difference(strata: Sequence[Stratum], better: Better) -> Difference:
    """The weighted mean of the strata's differences.

    Seeds are drawn with replacement within a scenario, and campaigns within a seed, the same for
    A and B: what both owe to an easy seed cancels. Scenarios are fixed. Without the minimum of
    seeds in every scenario there is no interval and no verdict.

    Source: paired bootstrap as in Efron and Tibshirani 1993, chapter 16; two stages as in Davison
    and Hinkley 1997, section 3.8.

    >>> wins = Stratum([(np.array([0.5]), np.array([0.7]))] * 5)
    >>> difference([wins], "higher").verdict, difference([wins], "lower").verdict
    ('better', 'worse')
    >>> difference([Stratum(wins.seeds[:4])], "higher").reason
    '4 seeds; 5 are the least for a verdict'
    """
    total = sum(s.weight for s in strata)
    a, b = (
        sum(s.weight * float(np.mean([v[side].mean() for v in s.seeds])) for s in strata) / total
        for side in (0, 1)
    )
    fewest = min(len(s.seeds) for s in strata)
    if fewest < FEWEST_SEEDS:
        plural = "s" if fewest != 1 else ""
        reason = f"{fewest} seed{plural}; {FEWEST_SEEDS} are the least for a verdict"
        return Difference(a, b, b - a, reason=reason)
    means = sum(
        s.weight / total * resampled([(y - x).tolist() for x, y in s.seeds], lot)
        for lot, s in enumerate(strata)
    )
    low, high = bounds(np.asarray(means))
    return Difference(a, b, b - a, low, high, _verdict(low, high, better))


def _verdict(low: float, high: float, better: Better) -> Verdict:
    if low > 0:
        return "better" if better == "higher" else "worse"
    if high < 0:
        return "worse" if better == "higher" else "better"
    return "cannot tell"
