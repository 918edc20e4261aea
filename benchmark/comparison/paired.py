"""A paired difference between two detectors on identical traffic, its interval and verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.comparison.sign_flips import (
    FEWEST_DIFFERENCES,
    LEVEL,
    Contrast,
    adjusted_p,
)
from shamcrowd.benchmark.scoring.intervals import FEWEST_SEEDS, mean_interval

Verdict = Literal["better", "worse", "cannot tell", ""]
Better = Literal["higher", "lower"]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Stratum:
    """One scenario: for each seed the values of A and B, campaign by campaign.

    ``number`` is the scenario's: the same seed of the same scenario is one world.
    """

    seeds: Sequence[tuple[Values, Values]]
    number: int = 0

    @property
    def differences(self) -> list[float]:
        """B minus A by seed, each the mean over campaigns."""
        return [float((y - x).mean()) for x, y in self.seeds]


@dataclass(frozen=True)
class Difference:
    """B minus A over all strata. ``low`` to ``high`` bound a 95 % interval.

    ``verdict`` says how B compares with A; it is "" where none can be given, and ``reason`` says
    why. ``p`` is adjusted for all differences that were judged together.
    """

    a: float | None
    b: float | None
    value: float | None
    low: float | None = None
    high: float | None = None
    verdict: Verdict = ""
    reason: str = ""
    p: float | None = None


@dataclass(frozen=True)
class Measured:
    """A difference without a verdict, and the contrast to be judged; None where it cannot be."""

    difference: Difference
    contrast: Contrast | None
    better: Better


def measured(
    strata: Sequence[Stratum], better: Better, weights: Sequence[float] | None = None
) -> Measured:
    """The mean of the strata's differences, weighted by ``weights`` if given, with its interval.

    Differences are those of seeds, so that the effect of an easy seed cancels; scenarios are fixed.
    The interval is Student's, as in `shamcrowd.benchmark.scoring.intervals.mean_interval`. There is
    none, and nothing to judge, unless every scenario has the minimum of seeds.
    """
    shares = np.ones(len(strata)) if weights is None else np.asarray(weights, float)
    shares = shares / shares.sum()
    a, b = (
        float(shares @ [float(np.mean([v[side].mean() for v in s.seeds])) for s in strata])
        for side in (0, 1)
    )
    fewest, seeds = min(len(s.seeds) for s in strata), sum(len(s.seeds) for s in strata)
    if fewest < FEWEST_SEEDS:
        few = _too_few(fewest, FEWEST_SEEDS)
        return Measured(Difference(a, b, b - a, reason=few), None, better)
    by_seed = [[[d] for d in s.differences] for s in strata]
    low, high = mean_interval(by_seed, shares.tolist()) or (None, None)
    if seeds < FEWEST_DIFFERENCES:
        few = _too_few(seeds, FEWEST_DIFFERENCES)
        return Measured(Difference(a, b, b - a, low, high, reason=few), None, better)
    contrast: dict[tuple[int, int], float] = {}
    for share, stratum in zip(shares.tolist(), strata, strict=True):
        for seed, value in enumerate(stratum.differences):
            key = stratum.number, seed
            contrast[key] = contrast.get(key, 0.0) + share * value / len(stratum.seeds)
    return Measured(Difference(a, b, b - a, low, high), contrast, better)


def judged(family: Sequence[Measured]) -> list[Difference]:
    """The differences of one table, with verdicts that hold for all of them together."""
    tested = [m.contrast for m in family if m.contrast is not None]
    p = iter(adjusted_p(tested) if tested else ())
    return [m.difference if m.contrast is None else with_verdict(m, next(p)) for m in family]


def with_verdict(found: Measured, p: float) -> Difference:
    """The difference with the verdict for an adjusted p-value."""
    value = found.difference.value or 0.0
    verdict: Verdict = "cannot tell"
    if p <= LEVEL:
        verdict = "better" if (value > 0) == (found.better == "higher") else "worse"
    return replace(found.difference, verdict=verdict, p=p)


def difference(
    strata: Sequence[Stratum], better: Better, weights: Sequence[float] | None = None
) -> Difference:
    """One difference, judged alone.

    >>> wins = Stratum([(np.array([0.5]), np.array([0.7]))] * 6)
    >>> difference([wins], "higher").verdict, difference([wins], "lower").verdict
    ('better', 'worse')
    >>> difference([Stratum(wins.seeds[:5])], "higher").reason
    '5 seeds; 6 are the least for a verdict'
    """
    return judged([measured(strata, better, weights)])[0]


def _too_few(seeds: int, least: int) -> str:
    return f"{seeds} seed{'s' if seeds != 1 else ''}; {least} are the least for a verdict"
