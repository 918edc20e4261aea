"""A test of many paired differences at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

FEWEST_DIFFERENCES = 6
"""With five, 2 of 32 patterns of signs are as extreme as all alike: p = 0.0625 at the least."""
LEVEL = 0.05
EXACT = 11
"""Up to so many seeds all patterns of signs are tried; above that, ``DRAWN`` of them."""
DRAWN = 1999

Contrast = Mapping[tuple[int, int], float]
"""A weighted difference by scenario and seed; their sum is what is tested."""


def adjusted_p(contrasts: Sequence[Contrast]) -> list[float]:
    """Two-sided p-values, adjusted for the number of contrasts: those of a whole table.

    If two detectors are equally good, the difference on a seed is as likely to be positive as
    negative. So signs are flipped, seed by seed, the same for all contrasts; each contrast is
    divided by the root of its sum of squares, and a p-value is the share of patterns in which the
    largest of all contrasts is at least as large as this one was. The chance of any false verdict
    in the table is then at most the level, however the contrasts depend on each other. The same
    input gives the same p-values.

    Source: Fisher 1935, section 21; the largest of all as in Westfall and Young 1993 (single step).

    >>> adjusted_p([{(0, seed): 0.1 for seed in range(6)}])
    [0.03125]
    >>> adjusted_p([{(0, seed): 0.1 for seed in range(5)}])
    [0.0625]
    """
    if not contrasts:
        return []
    keys = sorted({key for contrast in contrasts for key in contrast})
    place = {key: number for number, key in enumerate(keys)}
    table = np.zeros((len(keys), len(contrasts)))
    for number, contrast in enumerate(contrasts):
        for key, value in contrast.items():
            table[place[key], number] = value
    return family_p([table])


def family_p(tables: Sequence[npt.NDArray[np.float64]]) -> list[float]:
    """As `adjusted_p`, of tables of one row for each seed of a scenario and one column a contrast.

    All tables have the same rows.
    """
    signs = _signs(len(tables[0]))
    largest = np.zeros(len(signs))
    observed = []
    for table in tables:
        size = np.sqrt((table**2).sum(axis=0))
        scaled = np.divide(table, size, out=np.zeros_like(table), where=size > 0)
        observed.append(np.abs(scaled.sum(axis=0)))
        if table.shape[1]:
            largest = np.maximum(largest, np.abs(signs @ scaled).max(axis=1))
    # Equal sums may differ in their last digits.
    largest = np.sort(largest) + 1e-9
    reached = [len(largest) - np.searchsorted(largest, o, side="left") for o in observed]
    return [float(v) for v in np.concatenate(reached) / len(largest)]


def _signs(seeds: int) -> npt.NDArray[np.float64]:
    """Patterns of signs, the observed one first; that with all signs turned says the same."""
    if seeds == 0:
        return np.ones((1, 0))
    if seeds <= EXACT:
        return np.array([(1.0, *rest) for rest in product((1.0, -1.0), repeat=seeds - 1)])
    drawn = np.random.default_rng(0).integers(2, size=(DRAWN, seeds)) * 2.0 - 1
    return np.vstack([np.ones(seeds), drawn])
