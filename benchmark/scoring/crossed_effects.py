"""Variances of a table with a row for each training seed and a column for each scored seed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def pairs_variance(table: npt.NDArray[np.float64]) -> tuple[float, int]:
    """What pairs of a training and a scored seed add, by themselves, to the variance of the mean.

    It is estimated by what the means of rows and columns leave over. It is part both of the
    variance between the means of rows and of that between the means of columns.

    Args:
        table: shape (training seeds, scored seeds), at least two of each.

    Returns:
        The variance, and its degrees of freedom.

    Source: two-way random effects without replication, Searle, Casella and McCulloch 1992,
    *Variance Components*, section 4.5.

    >>> pairs_variance(np.array([[1.0, 2.0], [3.0, 4.0]]))
    (0.0, 1)
    >>> pairs_variance(np.array([[1.0, 0.0], [0.0, 1.0]]))
    (0.25, 1)
    """
    rows, columns = table.shape
    rest = table - table.mean(axis=0) - table.mean(axis=1, keepdims=True) + table.mean()
    free = (rows - 1) * (columns - 1)
    return float((rest**2).sum()) / free / table.size, free
