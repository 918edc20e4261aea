"""Divides the values of a rule into cells, without looking at who is sham.

A cell is a missing value, a value that several accounts have, a value in either tail, or a range
between quantiles of all values. Cells are in ascending order, the missing value first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shamcrowd.benchmark.world_checks.audit.probe import Flags, Floats, Ints

COARSE = 32
"""Quantile ranges of the first division."""
FINE, FEWEST_IN_RANGE = 1000, 40
"""Quantile ranges of the second, at most, and the accounts that each holds at least."""
REPEATED = 3
"""A value that so many accounts have is a cell of its own."""
MOST_REPEATED = 400
"""With more repeated values, the most common have a cell of their own."""
TAIL = 0.02
"""In either tail of so many accounts each value is a cell, so that a threshold can be anywhere."""


@dataclass(frozen=True)
class Cells:
    """The cells of one rule.

    Attributes:
        code: the cell of each account, shape (accounts,).
        many: number of cells.
        ordered: whether the order of cells means anything.
        starts: for each division the first cell of each of its parts, from coarse to fine.
        exact: cells that hold one repeated value, or the missing one, shape (cells,).
        lowest: lowest value in each cell, NaN for the missing one, shape (cells,).
        highest: highest value in each cell, shape (cells,).
    """

    code: Ints
    many: int
    ordered: bool
    starts: tuple[Ints, ...]
    exact: Flags
    lowest: Floats
    highest: Floats


def divide(values: Floats, ordered: bool) -> Cells:
    """Divide values; NaN is missing.

    >>> found = divide(np.array([np.nan, 5.0, 5.0, 5.0, 7.0]), ordered=True)
    >>> found.code.tolist(), found.exact.tolist()
    ([0, 1, 1, 1, 2], [True, True, False])
    """
    given = ~np.isnan(values)
    different, place, count = np.unique(values[given], return_inverse=True, return_counts=True)
    if not ordered:
        code = np.zeros(len(values), np.int64)
        code[given] = place + 1
        ends = np.append(np.nan, different)
        return Cells(code, len(ends), False, (), np.ones(len(ends), bool), ends, ends)
    total = max(int(count.sum()), 1)
    above = np.cumsum(count)
    middle = (above - count / 2) / total
    fine = min(max(total // FEWEST_IN_RANGE, COARSE), FINE)
    parts = [np.floor(middle * COARSE), np.floor(middle * COARSE) * fine + np.floor(middle * fine)]
    repeated = count >= REPEATED
    if repeated.sum() > MOST_REPEATED:
        repeated &= count > np.partition(count, -MOST_REPEATED)[-MOST_REPEATED]
    own = repeated | (above <= TAIL * total) | (above - count >= (1 - TAIL) * total)
    begins = np.ones(len(different), bool)
    begins[1:] = own[1:] | own[:-1] | (parts[1][1:] != parts[1][:-1])
    first = np.flatnonzero(begins)
    code = np.zeros(len(values), np.int64)
    code[given] = np.cumsum(begins)[place]
    starts = []
    for part in parts:
        of_cell = part[first]
        fresh = np.ones(len(first) + 1, bool)
        fresh[2:] = of_cell[1:] != of_cell[:-1]
        starts.append(np.flatnonzero(fresh))
    # Without any value there is no cell but that of missing ones.
    last = np.append(first[1:], len(different))[: len(first)] - 1
    return Cells(
        code, len(first) + 1, True, tuple(starts), np.append(True, repeated[first]),
        np.append(np.nan, different[first]), np.append(np.nan, different[last]),
    )  # fmt: skip
