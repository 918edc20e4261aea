"""What burned the accounts that were lost: do those that share a thing go down together?

For each kind of supply the pairs of accounts that share one (a device, an address block) form a
graph. How many of its pairs are lost on both sides is the join count of Cliff and Ord (Spatial
Processes, 1981, "BB" under non-free sampling): had the losses hit any accounts alike, its mean and
variance would follow exactly from the sizes of the groups. Above the count that losses dealt out
evenly would make, it is taken for a gamma variable of that mean and variance (as Satterthwaite,
1946, takes sums of squares for chi-squared ones), which gives the chance of as many pairs or more.
Kinds are judged together (Bonferroni), on `MIN_LOSSES` losses or more: fewer say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LEVEL = 0.01
"""Chance to blame anything though nothing is to blame (assumed)."""
MIN_LOSSES = 8
"""Losses without which nobody is blamed (assumed)."""


@dataclass(frozen=True)
class JoinCount:
    """Pairs lost together: how many, mean and variance if losses hit anybody alike, and how many
    there are if they are dealt out evenly.
    """

    found: float = 0.0
    mean: float = 0.0
    variance: float = 0.0
    even: float = 0.0

    def __add__(self, other: JoinCount) -> JoinCount:
        both = zip(vars(self).values(), vars(other).values(), strict=True)
        return JoinCount(*(one + two for one, two in both))

    @property
    def log_chance(self) -> float:
        """Logarithm of the chance of as many pairs or more; 0 if nothing can be told."""
        if self.variance < 1e-9 or self.found <= self.mean:
            return 0.0
        mean = max(self.mean - self.even, 1e-9)
        over = max(self.found - 0.5 - self.even, 0.0)
        scale = self.variance / mean
        # Takes as long to import as many a small run to play, and few runs get here.
        from scipy.stats import gamma

        return float(gamma.logsf(over, mean / scale, scale=scale))


def join_count(codes: npt.NDArray[np.int64], lost: npt.NDArray[np.bool_]) -> JoinCount:
    """Join count of one kind.

    Args:
        codes: shape (n,), what each account uses; equal numbers are the same thing, -1 is none.
        lost: shape (n,), was it lost?

    >>> join_count(np.array([1, 1, 2, 2]), np.array([True, True, False, False]))
    JoinCount(found=1.0, mean=0.333..., variance=0.222..., even=0.0)
    """
    has = codes >= 0
    codes, lost = codes[has], lost[has]
    count, hits = len(codes), int(lost.sum())
    if count < 4:
        return JoinCount()
    _, group = np.unique(codes, return_inverse=True)
    size = np.bincount(group).astype(np.float64)
    both = np.bincount(group, weights=lost)
    pairs = float((size * (size - 1)).sum() / 2)
    # Chances that two, three, four given accounts are all among the lost.
    odds = np.cumprod([max(hits - k, 0) / (count - k) for k in range(4)])
    # Pairs of pairs that have one account in common.
    touching = float((size * (size - 1) * (size - 2)).sum())
    mean = pairs * odds[1]
    square = pairs * odds[1] + touching * odds[2] + (pairs**2 - pairs - touching) * odds[3]
    due = size * hits / count
    even = float(np.maximum(due * (due - 1), 0).sum() / 2)
    found = float((both * (both - 1)).sum() / 2)
    return JoinCount(found, float(mean), max(float(square - mean**2), 0.0), even)


def likely_cause(
    evidence: Sequence[tuple[dict[str, npt.NDArray[np.int64]], npt.NDArray[np.bool_]]],
) -> str | None:
    """The kind of supply that burned accounts of one or more campaigns; None if none can be told.

    ``evidence`` holds for each campaign what its accounts use, kind by kind, and which were lost.
    """
    if sum(int(lost.sum()) for _, lost in evidence) < MIN_LOSSES:
        return None
    sums: dict[str, JoinCount] = {}
    for codes, lost in evidence:
        for kind, own in codes.items():
            sums[kind] = sums.get(kind, JoinCount()) + join_count(own, lost)
    told = {kind: each for kind, each in sums.items() if each.variance > 1e-9}
    if not told:
        return None
    kind = min(told, key=lambda name: told[name].log_chance)
    return kind if told[kind].log_chance < np.log(LEVEL / len(told)) else None
