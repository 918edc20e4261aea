"""P-values of all pairs of detectors and controls of a suite, by every metric.

Ceilings are compared with nobody: they are there to be read beside their own detector.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import fmean

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.comparison.sign_flips import family_p
from shamcrowd.benchmark.comparison.training_seeds import (
    FittedContrast,
    fitted_contrast,
    fitted_p,
)
from shamcrowd.benchmark.scoring.intervals import FEWEST_SEEDS
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import Scores

Values = npt.NDArray[np.float64]
Pair = tuple[str, str, str]
"""A metric and two names in their alphabetical order."""


def every_pair(run: Sequence[Scores]) -> dict[Pair, float]:
    """By metric and names: one p-value, adjusted for all of them.

    A pair is compared on the scenarios where both were measured, with equal weights; if one of
    these has less than the minimum of seeds, or of training seeds, the pair is left out. If one of
    a pair was fitted, the p-value is the larger of two: by scored seeds and by training seeds.
    """
    keys: list[Pair] = []
    tables: list[Values] = []
    fitted: dict[Pair, FittedContrast] = {}
    for metric in metrics():
        found, table, of = _table(run, metric)
        keys += found
        tables.append(table)
        fitted |= of
    p = dict(zip(keys, family_p(tables), strict=True))
    for key, value in zip(fitted, fitted_p(list(fitted.values())), strict=True):
        p[key] = max(p[key], value)
    return p


def _table(
    run: Sequence[Scores], metric: str
) -> tuple[list[Pair], Values, dict[Pair, FittedContrast]]:
    """The pairs; their differences, a row for each seed of a scenario and a column a pair; and by
    training seed those of pairs where one was fitted.
    """
    names = sorted({d.name for s in run for d in s.detectors if d.kind != "ceiling"})
    seeds = [len(scores.seeds) for scores in run]
    learned = {d.name for scores in run for d in scores.detectors if d.fitted}
    pairs, columns, fitted = [], [], {}
    of = {name: [_by_training(scores, name, metric) for scores in run] for name in names}
    for one, other in combinations(names, 2):
        both = [
            None if a is None or b is None else b - a
            for a, b in zip(of[one], of[other], strict=True)
        ]
        shared = [d for d in both if d is not None]
        if not shared or min(d.shape[1] for d in shared) < FEWEST_SEEDS:
            continue
        key = metric, one, other
        if learned & {one, other}:
            if min(len(d) for d in shared) < FEWEST_SEEDS:
                continue
            fitted[key] = fitted_contrast(shared, [1 / len(shared)] * len(shared))
        pairs.append(key)
        columns.append(np.concatenate([
            np.zeros(n) if d is None else d.mean(axis=0) / n / len(shared)
            for n, d in zip(seeds, both, strict=True)
        ]))  # fmt: skip
    return pairs, np.array(columns).T if columns else np.zeros((sum(seeds), 0)), fitted


def _by_training(scores: Scores, name: str, metric: str) -> Values | None:
    """Values by training seed and scored seed, in one row if there is one training seed or none.

    None if the detector was not measured on every seed.
    """
    scored = next((d for d in scores.detectors if d.name == name and d.status == "ok"), None)
    found = scored.metrics.get(metric) if scored is not None else None
    if found is None or found.value is None:
        return None
    each = found.by_training or (found.parts,)
    return np.array([[fmean(parts) for parts in of if parts is not None] for of in each], float)
