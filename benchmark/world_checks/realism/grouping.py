"""Aggregates by group without a loop over groups."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def runs(*keys: npt.NDArray[np.integer]) -> Ints:
    """Number of the run that each row is in; a run ends where any key changes.

    >>> runs(np.array([7, 7, 7, 9]), np.array([1, 2, 2, 2])).tolist()
    [0, 1, 1, 2]
    """
    change = np.zeros(len(keys[0]), bool)
    for key in keys:
        change[1:] |= key[1:] != key[:-1]
    return np.cumsum(change, dtype=np.int64)


def gaps(time: Floats, group: Ints) -> tuple[Floats, Ints]:
    """Gaps between neighbours of one group, and the group of each.

    ``time`` (seconds) and ``group`` (rising) have a value per row; times rise within a group.

    >>> gap, of = gaps(np.array([1.0, 4.0, 0.0, 2.0]), np.array([0, 0, 1, 1]))
    >>> gap.tolist(), of.tolist()
    ([3.0, 2.0], [0, 1])
    """
    same = group[1:] == group[:-1]
    return np.diff(time)[same], group[1:][same]


def variation(value: Floats, group: Ints) -> tuple[Ints, Floats, Floats]:
    """Count, mean and coefficient of variation (population deviation / mean) by group.

    Arrays over groups 0 to the last; NaN for a group without values or of mean 0.

    >>> count, mean, cv = variation(np.array([1.0, 3.0, 5.0]), np.array([0, 0, 2]))
    >>> count.tolist(), mean.tolist(), cv.tolist()
    ([2, 0, 1], [2.0, nan, 5.0], [0.5, nan, 0.0])
    """
    count = np.bincount(group)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(group, value) / count
        square = np.bincount(group, (value - mean[group]) ** 2) / count
        cv = np.where(mean > 0, np.sqrt(square) / mean, np.nan)
    return count, mean, cv
