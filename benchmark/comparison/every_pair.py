"""P-values of all pairs of detectors and controls of a suite, by every metric."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.comparison.sign_flips import family_p
from shamcrowd.benchmark.scoring.intervals import FEWEST_SEEDS
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import Scores

Values = npt.NDArray[np.float64]


def every_pair(run: Sequence[Scores]) -> dict[tuple[str, str, str], float]:
    """By metric and two names in their alphabetical order: one p-value, adjusted for all of them.

    A pair is compared on the scenarios where both were measured, with equal weights; if one of
    these has less than the minimum of seeds, the pair is left out.
    """
    keys: list[tuple[str, str, str]] = []
    tables: list[Values] = []
    for metric in metrics():
        found, table = _table(run, metric)
        keys += [(metric, *pair) for pair in found]
        tables.append(table)
    return dict(zip(keys, family_p(tables), strict=True))


def _table(run: Sequence[Scores], metric: str) -> tuple[list[tuple[str, str]], Values]:
    """The pairs, and their differences: a row for each seed of a scenario, a column a pair."""
    names = sorted({d.name for scores in run for d in scores.detectors})
    seeds = [len(scores.seeds) for scores in run]
    pairs, columns = [], []
    by_name = {name: [_by_seed(scores, name, metric) for scores in run] for name in names}
    for one, other in combinations(names, 2):
        both = [
            None if a is None or b is None else b - a
            for a, b in zip(by_name[one], by_name[other], strict=True)
        ]
        shared = [n for n, d in zip(seeds, both, strict=True) if d is not None]
        if shared and min(shared) >= FEWEST_SEEDS:
            pairs.append((one, other))
            columns.append(np.concatenate([
                np.zeros(n) if d is None else d / n / len(shared)
                for n, d in zip(seeds, both, strict=True)
            ]))  # fmt: skip
    return pairs, np.array(columns).T if columns else np.zeros((sum(seeds), 0))


def _by_seed(scores: Scores, name: str, metric: str) -> Values | None:
    """The values of a detector; None if it was not measured on every seed."""
    scored = next((d for d in scores.detectors if d.name == name and d.status == "ok"), None)
    found = scored.metrics.get(metric) if scored is not None else None
    if found is None or found.value is None:
        return None
    return np.array([v for v in found.by_seed if v is not None], float)
