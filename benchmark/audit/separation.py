"""How well one number separates two sets of accounts: AUC with an interval, for many sets at once.

AUC is the probability that a sham account has the higher value, ties counted half (Mann and
Whitney 1947). The interval is that of DeLong, DeLong and Clarke-Pearson 1988.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmark.audit.probe import Floats, Ints

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Separation:
    """Rows are campaigns, columns what they are held against: everyone, then each segment.

    ``auc`` is not folded: above 0.5 the sham accounts have the higher values. ``error`` is its
    standard error. ``sham`` and ``innocent`` are how many values stood on each side. Where a side
    has fewer than two, ``auc`` and ``error`` are NaN.
    """

    auc: Floats
    error: Floats
    sham: Floats
    innocent: Floats


def histograms(values: Floats, group: Ints, groups: int) -> Floats:
    """How often each group has each different value, lowest first; column 0 is "missing".

    Shape: groups x (different values + 1). Values of a negative group are left out.
    """
    used = group >= 0
    if not used.all():
        values, group = values[used], group[used]
    gone = np.isnan(values)
    codes = np.zeros(len(values), np.int64)
    different, inverse = np.unique(values[~gone], return_inverse=True)
    codes[~gone] = inverse + 1
    width = len(different) + 1
    counts = np.bincount(group * width + codes, minlength=groups * width)
    return counts.reshape(groups, width).astype(np.float64)


def separate(counts: Floats, campaigns: int) -> Separation:
    """Compare each of the first ``campaigns`` groups with all other groups, together and singly.

    >>> counts = histograms(np.array([1.0, 2, 3, 4]), np.array([1, 1, 0, 1]), 2)
    >>> round(float(separate(counts, 1).auc[0, 0]), 3)
    0.667
    """
    sham, segments = counts[:campaigns], counts[campaigns:]
    innocent = np.vstack([segments.sum(axis=0), segments])
    many_sham = sham.sum(axis=1)[:, None]
    many_innocent = innocent.sum(axis=1)[None, :]
    enough = (many_sham > 1) & (many_innocent > 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        below = (np.cumsum(innocent, axis=1) - innocent / 2) / many_innocent.T
        above = 1 - (np.cumsum(sham, axis=1) - sham / 2) / many_sham
        auc = sham @ below.T / many_sham
        of_sham = (sham @ (below**2).T / many_sham - auc**2) / (many_sham - 1)
        of_innocent = ((innocent @ (above**2).T).T / many_innocent - auc**2) / (many_innocent - 1)
        error = np.sqrt(np.maximum(of_sham, 0) + np.maximum(of_innocent, 0))
    return Separation(
        np.where(enough, auc, np.nan),
        np.where(enough, error, np.nan),
        np.broadcast_to(many_sham, auc.shape),
        np.broadcast_to(many_innocent, auc.shape),
    )
