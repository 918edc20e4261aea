"""Detectors over several scenarios: mean ranks, and which detectors differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.comparison.paired import Better
from shamcrowd.benchmark.scoring.intervals import FEWEST_SEEDS
from shamcrowd.recording.counting import counted

FEWEST_SCENARIOS = 6
"""With five pairs the signed-rank test cannot fall below p = 0.06."""
LEVEL = 0.05


@dataclass(frozen=True)
class Ranking:
    """Mean ranks, best first.

    ``pairs`` holds the adjusted p-value of each pair, ``alike`` the largest groups of neighbours of
    which no two differ; ``reason`` says why there are no ranks or no tests.
    """

    ranks: dict[str, float]
    scenarios: int
    friedman: float | None = None
    pairs: dict[tuple[str, str], float] | None = None
    alike: tuple[tuple[str, ...], ...] = ()
    reason: str = ""


def signed_rank(differences: npt.NDArray[np.float64]) -> float | None:
    """Two-sided p-value of Wilcoxon's signed-rank test; None with too few differences.

    Zero differences count half on either side (Demsar 2006, section 3.1.3).

    >>> signed_rank(np.array([1.0, 2, 3, 4, 5, 6]))
    0.03125
    """
    from scipy.stats import wilcoxon

    if len(differences) < FEWEST_SCENARIOS:
        return None
    # Rounding errors must not turn equal values into differences.
    differences = np.where(np.abs(differences) < 1e-12, 0.0, differences)
    if not differences.any():
        return 1.0
    return float(wilcoxon(differences, zero_method="zsplit").pvalue)


def holm(p: Sequence[float]) -> list[float]:
    """P-values adjusted for their number.

    Source: Holm 1979, https://www.jstor.org/stable/4615733.

    >>> [round(v, 3) for v in holm([0.01, 0.04, 0.03, 0.005])]
    [0.03, 0.06, 0.06, 0.02]
    """
    adjusted, least = [0.0] * len(p), 0.0
    for number, index in enumerate(np.argsort(p, kind="stable").tolist()):
        least = max(least, min((len(p) - number) * p[index], 1.0))
        adjusted[index] = least
    return adjusted


def rank(values: Mapping[str, Sequence[float]], better: Better, seeds: int) -> Ranking:
    """Mean ranks of detectors (1: best), each with a value per scenario, in one order.

    Friedman's test over all, then Wilcoxon's for each pair with Holm's adjustment: except for
    the adjustment, the result of a pair does not depend on which other detectors are compared.
    ``seeds`` is the smallest number of seeds of any scenario.

    Source: Demsar 2006, https://jmlr.org/papers/v7/demsar06a.html; Benavoli et al. 2016
    (https://arxiv.org/abs/1505.02288) on pairs.
    """
    from scipy.stats import friedmanchisquare, rankdata

    names = list(values)
    if not names:
        return Ranking({}, 0, reason="no ranking: no detector was measured in every scenario")
    table = np.array([values[n] for n in names], float).reshape(len(names), -1)
    many = table.shape[1]
    if seeds < FEWEST_SEEDS:
        return Ranking(
            {}, many, reason=f"no ranking: {counted(seeds, 'seed')}, {FEWEST_SEEDS} are the least"
        )
    if len(names) < 2 or many < 2:
        return Ranking({}, many, reason="no ranking: it takes two detectors and two scenarios")
    signed = -table if better == "higher" else table
    ranks = rankdata(np.round(signed, 12), axis=0).mean(axis=1)
    order = sorted(range(len(names)), key=lambda i: (ranks[i], names[i]))
    ranked = {names[i]: float(ranks[i]) for i in order}
    if many < FEWEST_SCENARIOS:
        reason = f"no tests: {counted(many, 'scenario')}, {FEWEST_SCENARIOS} are the least"
        return Ranking(ranked, many, reason=reason)
    # If all values are equal, the statistic is 0 / 0.
    vary = len(names) > 2 and bool((table != table[0]).any())
    friedman = float(friedmanchisquare(*table).pvalue) if vary else None
    couples = list(combinations(order, 2))
    p = holm([signed_rank(table[i] - table[j]) or 0.0 for i, j in couples])
    tested = {(names[i], names[j]): v for (i, j), v in zip(couples, p, strict=True)}
    return Ranking(ranked, many, friedman, tested, _alike(list(ranked), tested))


def _alike(names: Sequence[str], p: Mapping[tuple[str, str], float]) -> tuple[tuple[str, ...], ...]:
    """Largest runs of neighbours of which no two differ."""
    groups: list[tuple[int, int]] = []
    for first in range(len(names)):
        last = first
        while last + 1 < len(names) and all(
            p[names[i], names[last + 1]] >= LEVEL for i in range(first, last + 1)
        ):
            last += 1
        if last > first and not (groups and groups[-1][1] >= last):
            groups.append((first, last))
    return tuple(tuple(names[i : j + 1]) for i, j in groups)
