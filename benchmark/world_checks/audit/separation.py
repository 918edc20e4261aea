"""How well one number separates two sets of accounts: AUC with an interval, for many sets at once.

AUC is the probability that a sham account has the higher value, ties counted half (Mann and
Whitney 1947). The interval is that of DeLong, DeLong and Clarke-Pearson 1988.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shamcrowd.benchmark.world_checks.audit.probe import Floats, Ints

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Separation:
    """Comparison of campaigns (rows) with all legitimate accounts and each segment (columns).

    Where a side has fewer than two values, ``auc`` and ``error`` are NaN.

    Attributes:
        auc: above 0.5 if the sham accounts have the higher values, 0 to 1.
        error: standard error of ``auc``.
        sham: number of sham values.
        legitimate: number of legitimate values.
    """

    auc: Floats
    error: Floats
    sham: Floats
    legitimate: Floats


@dataclass(frozen=True)
class Ranked:
    """Values by rank.

    Attributes:
        codes: rank of each value among the different values, 0 for the lowest, -1 if left out.
        counts: number of values of each group at each rank, shape (groups, different values).
    """

    codes: Ints
    counts: Floats


def ranked(values: Floats, group: Ints, groups: int) -> Ranked:
    """Rank values; rank 0 is "missing" (NaN). Values of a negative group are left out."""
    codes = np.full(len(values), -1)
    used = group >= 0
    given = used & ~np.isnan(values)
    different, inverse = np.unique(values[given], return_inverse=True)
    codes[used] = 0
    codes[given] = inverse + 1
    width = len(different) + 1
    counts = np.bincount(group[used] * width + codes[used], minlength=groups * width)
    return Ranked(codes, counts.reshape(groups, width).astype(np.float64))


def given(whole: Ranked) -> Ranked:
    """The same without the missing values."""
    return Ranked(whole.codes - 1 + (whole.codes < 0), whole.counts[:, 1:])


def separate(counts: Floats, campaigns: int) -> Separation:
    """Compare each of the first ``campaigns`` groups with all other groups together and with each.

    >>> found = ranked(np.array([1.0, 2, 3, 3, 4]), np.array([1, 1, 0, 0, 1]), 2)
    >>> round(float(separate(found.counts, 1).auc[0, 0]), 3)
    0.667
    """
    sham, segments = counts[:campaigns], counts[campaigns:]
    legitimate = np.vstack([segments.sum(axis=0), segments])
    many_sham = sham.sum(axis=1)[:, None]
    many_legitimate = legitimate.sum(axis=1)[None, :]
    enough = (many_sham > 1) & (many_legitimate > 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        below = (np.cumsum(legitimate, axis=1) - legitimate / 2) / many_legitimate.T
        above = 1 - (np.cumsum(sham, axis=1) - sham / 2) / many_sham
        auc = sham @ below.T / many_sham
        of_sham = (sham @ (below**2).T / many_sham - auc**2) / (many_sham - 1)
        of_legitimate = ((legitimate @ (above**2).T).T / many_legitimate - auc**2) / (
            many_legitimate - 1
        )
        error = np.sqrt(np.maximum(of_sham, 0) + np.maximum(of_legitimate, 0))
    return Separation(
        np.where(enough, auc, np.nan),
        np.where(enough, error, np.nan),
        np.broadcast_to(many_sham, auc.shape),
        np.broadcast_to(many_legitimate, auc.shape),
    )
