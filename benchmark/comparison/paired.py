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
from shamcrowd.benchmark.comparison.training_seeds import (
    FittedContrast,
    fitted_contrast,
    fitted_p,
)
from shamcrowd.benchmark.scoring.intervals import FEWEST_SEEDS, fitted_interval, mean_interval

Verdict = Literal["better", "worse", "cannot tell", ""]
Better = Literal["higher", "lower"]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Stratum:
    """One scenario: for each seed the values of A and B, campaign by campaign.

    ``number`` is the scenario's, and ``numbers`` are those of its seeds (None: 0, 1, …): the same
    seed of the same scenario is one world. ``by_training`` holds the differences by training seed
    and scored seed where a side was fitted; the values of ``seeds`` are then means over training
    seeds.
    """

    seeds: Sequence[tuple[Values, Values]]
    number: int = 0
    numbers: Sequence[int] | None = None
    by_training: Values | None = None

    @property
    def worlds(self) -> list[tuple[int, int]]:
        """Scenario and seed of each difference."""
        numbers = range(len(self.seeds)) if self.numbers is None else self.numbers
        return [(self.number, seed) for seed in numbers]

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
    """A difference without a verdict, and the contrast to be judged; None where it cannot be.

    ``fitted`` is the contrast by training seed, where a side was fitted.
    """

    difference: Difference
    contrast: Contrast | None
    better: Better
    fitted: FittedContrast | None = None


def measured(
    strata: Sequence[Stratum], better: Better, weights: Sequence[float] | None = None
) -> Measured:
    """The mean of the strata's differences, weighted by ``weights`` if given, with its interval.

    Differences are those of seeds, so that the effect of an easy seed cancels; scenarios are fixed.
    The interval is Student's, as in `shamcrowd.benchmark.scoring.intervals.mean_interval`. There is
    none, and nothing to judge, unless every scenario has the minimum of seeds, and of training
    seeds where a side was fitted.
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
    tables = by_training(strata)
    if tables and len(tables[0]) < FEWEST_SEEDS:
        few = _too_few(len(tables[0]), FEWEST_SEEDS, "training seed")
        return Measured(Difference(a, b, b - a, reason=few), None, better)
    if tables:
        by_pair = [table[:, :, None].tolist() for table in tables]
        low, high = fitted_interval(by_pair, shares.tolist()) or (None, None)
    else:
        by_seed = [[[d] for d in s.differences] for s in strata]
        low, high = mean_interval(by_seed, shares.tolist()) or (None, None)
    if seeds < FEWEST_DIFFERENCES:
        few = _too_few(seeds, FEWEST_DIFFERENCES)
        return Measured(Difference(a, b, b - a, low, high, reason=few), None, better)
    contrast: dict[tuple[int, int], float] = {}
    for share, stratum in zip(shares.tolist(), strata, strict=True):
        for key, value in zip(stratum.worlds, stratum.differences, strict=True):
            contrast[key] = contrast.get(key, 0.0) + share * value / len(stratum.seeds)
    fitted = fitted_contrast(tables, shares.tolist()) if tables else None
    return Measured(Difference(a, b, b - a, low, high), contrast, better, fitted)


def by_training(strata: Sequence[Stratum]) -> list[Values]:
    """Differences by training seed and scored seed, one table a stratum; empty if none was fitted.

    A stratum where neither side was fitted has the same values for every training seed.
    """
    many = max((len(s.by_training) for s in strata if s.by_training is not None), default=0)
    if not many:
        return []
    return [
        np.tile(s.differences, (many, 1)) if s.by_training is None else s.by_training
        for s in strata
    ]


def judged(family: Sequence[Measured]) -> list[Difference]:
    """The differences of one table, with verdicts that hold for all of them together.

    Where a side was fitted, both tests must agree: that of scored seeds, and that of training
    seeds.
    """
    tested = [m for m in family if m.contrast is not None]
    p = dict(
        zip(map(id, tested), adjusted_p([m.contrast for m in tested if m.contrast]), strict=True)
    )
    learned = [m for m in tested if m.fitted is not None]
    more = fitted_p([m.fitted for m in learned if m.fitted])
    for m, value in zip(learned, more, strict=True):
        p[id(m)] = max(p[id(m)], value)
    return [m.difference if m.contrast is None else with_verdict(m, p[id(m)]) for m in family]


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


def _too_few(seeds: int, least: int, what: str = "seed") -> str:
    return f"{seeds} {what}{'s' if seeds != 1 else ''}; {least} are the least for a verdict"
