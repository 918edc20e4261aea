"""The densest block of a tensor, found by removing values with few entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

FINE = 3000
"""With fewer values, only those with the fewest entries are removed in a pass."""
SHARE = 0.05
"""With more, this share of them with the fewest entries, if no more than the average."""
KEPT = np.iinfo(np.int64).max


@dataclass(frozen=True)
class TensorBlock:
    """The result of peeling.

    Attributes:
        inside: for each mode an array of shape (values,), true for values of the densest block.
        density: its entries over the mean of its numbers of values by mode; 0 without an entry.
        level: for each mode an array of shape (values,): the largest number of entries at which a
            value had been removed when this one was.
    """

    inside: tuple[npt.NDArray[np.bool_], ...]
    density: float
    level: tuple[npt.NDArray[np.int64], ...]


def densest_block(
    entries: npt.NDArray[np.int64], sizes: Sequence[int], fine: int = FINE
) -> TensorBlock:
    """Find a block with at least 1 / N of the highest arithmetic density, for N modes.

    The values of all modes with the fewest entries are removed until none is left; the densest
    block met on the way is the result. As in M-Zoom, where one value is removed at a time; values
    with equally many entries are removed together, so that the result does not depend on their
    order, and of many values a share at once, as in D-Cube (WSDM 2017,
    https://doi.org/10.1145/3018661.3018676). Proof of the guarantee: a value of the densest block S
    has 1 / N of the density g(S) or more in entries inside S, or S would be denser without it. When
    the first value of S is removed from a block T, it has no more entries than the average of T
    over all modes, which is the density of T; so g(T) >= g(S) / N.

    Complexity: one pass over the entries that are left for each removal.

    Args:
        entries: shape (N, n), the value of each entry in each mode, from 0; entries are distinct.
        sizes: number of values of each mode.
        fine: number of values below which only those with the fewest entries are removed in a pass.

    A block of 2 by 2 by 1 with a tail:

    >>> entries = np.array([[0, 0, 1, 1, 2], [0, 1, 0, 1, 2], [0, 0, 0, 0, 1]])
    >>> found = densest_block(entries, (3, 3, 2))
    >>> [i.tolist() for i in found.inside], round(found.density, 6)
    ([[True, True, False], [True, True, False], [True, False]], 2.4)
    """
    modes, ends = len(sizes), np.cumsum([0, *sizes])
    # The values of all modes are numbered through.
    nodes = entries + ends[:-1, None]
    names = np.arange(ends[-1])
    gone, level = np.full(len(names), KEPT), np.zeros(len(names), np.int64)
    best, best_step, heaviest, step = 0.0, 0, 0, 0
    while len(names):
        mass = np.bincount(nodes.ravel(), minlength=len(names))
        count = int(np.count_nonzero(mass))
        density = nodes.shape[1] * modes / max(count, 1)
        if density > best:
            best, best_step = density, step
        limit = int(mass[mass > 0].min(initial=KEPT))
        if count > fine:
            limit = max(limit, min(int(np.partition(mass, int(SHARE * count))[int(SHARE * count)]),
                                   int(density)))  # fmt: skip
        out = mass <= limit
        # Values without an entry are in no block: they were gone before.
        gone[names[out]] = np.where(mass[out] > 0, step, step - 1)
        heaviest = max(heaviest, limit) if count else heaviest
        level[names[out]] = np.where(mass[out] > 0, heaviest, 0)
        nodes = (np.cumsum(~out) - 1)[nodes[:, ~out[nodes].any(axis=0)]]
        names = names[~out]
        step += 1
    inside = (gone >= best_step) & (best > 0)
    parts = [slice(*pair) for pair in pairwise(ends.tolist())]
    return TensorBlock(tuple(inside[p] for p in parts), best, tuple(level[p] for p in parts))
