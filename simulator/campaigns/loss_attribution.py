"""Which kind of supply explains the losses: are accounts that share an item lost together?

For each kind of supply, the pairs of accounts that share an item (a device, an address block) form
a graph. How many of its pairs are lost on both sides is the join count of Cliff and Ord (Spatial
Processes, 1981, "BB" under non-free sampling): if losses hit all accounts alike, its mean and
variance follow exactly from the sizes of the groups. The excess over the count of evenly spread
losses is approximated by a gamma variable of that mean and variance (as Satterthwaite, 1946,
approximates sums of squares by chi-squared ones), which gives the probability of as many pairs or
more. Kinds are tested together (Bonferroni), on `MIN_LOSSES` losses or more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.gamma_tail import log_gamma_tail

LEVEL = 0.01
"""Probability of naming a cause although there is none (assumed)."""
MIN_LOSSES = 8
"""Fewest losses from which a cause is inferred (assumed)."""


@dataclass(frozen=True)
class JoinCount:
    """Number of pairs in which both accounts were lost.

    Attributes:
        found: observed number.
        mean: expected number if losses hit all accounts alike.
        variance: its variance then.
        even: number of pairs if losses are spread evenly over the groups.
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
        """Log probability of as many pairs or more; 0 if nothing can be inferred."""
        if self.variance < 1e-9 or self.found <= self.mean:
            return 0.0
        mean = max(self.mean - self.even, 1e-9)
        over = max(self.found - 0.5 - self.even, 0.0)
        scale = self.variance / mean
        return log_gamma_tail(over / scale, mean / scale)


def join_count(codes: npt.NDArray[np.int64], lost: npt.NDArray[np.bool_]) -> JoinCount:
    """Join count of one kind of supply.

    Args:
        codes: shape (n,), what each account uses; equal codes are the same item, -1 is none.
        lost: shape (n,), whether the platform acted on it.

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
    # Probabilities that one to four given accounts are all among the lost.
    odds = np.cumprod([max(hits - k, 0) / (count - k) for k in range(4)])
    # Ordered pairs of pairs that have one account in common.
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
    """Infer the kind of supply that got accounts of one or more campaigns caught.

    Args:
        evidence: for each campaign the codes of what its accounts use, by kind, and whether the
            platform acted on each (see `Holdings.evidence`).

    Returns:
        A kind of `SUPPLY`, or None if no cause is significant at `LEVEL`.
    """
    if sum(int(lost.sum()) for _, lost in evidence) < MIN_LOSSES:
        return None
    sums: dict[str, JoinCount] = {}
    for codes, lost in evidence:
        for kind, own in codes.items():
            sums[kind] = sums.get(kind, JoinCount()) + join_count(own, lost)
    testable = {kind: each for kind, each in sums.items() if each.variance > 1e-9}
    if not testable:
        return None
    kind = min(testable, key=lambda name: testable[name].log_chance)
    return kind if testable[kind].log_chance < np.log(LEVEL / len(testable)) else None
