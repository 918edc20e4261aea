"""The densest block of a tensor, found by removing values of low mass one mode at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.index import begins

TIE = 1e-9
KEPT = np.iinfo(np.int64).max


@dataclass(frozen=True)
class TensorBlock:
    """The result of peeling.

    Attributes:
        inside: for each mode an array of shape (values,), true for values of the densest block.
        density: its entries over the mean of its numbers of values by mode; 0 without an entry.
        level: for each mode an array of shape (values,): the largest number of entries that a value
            had when it was removed, of this one and those removed before it in its mode.
    """

    inside: tuple[npt.NDArray[np.bool_], ...]
    density: float
    level: tuple[npt.NDArray[np.float64], ...]


def densest_block(entries: npt.NDArray[np.int64], sizes: Sequence[int]) -> TensorBlock:
    """Find a block with at least 1 / N of the highest arithmetic density, for N modes.

    In each pass all values of the mode with the most values are removed whose entries are no more
    than the average of that mode, in ascending order; the densest block met on the way is the
    result. Values with equally many entries are removed together, so that the result does not
    depend on their order. The guarantee is Theorem 3 of the paper, with theta = 1 and the mode
    chosen by cardinality: let the first value of the densest block be removed from a block B. It
    has at least 1 / N of the highest density in entries, no more than the average of its mode, and
    that mode is the largest, so that B has at least this density.

    Paper: Shin et al., D-Cube: Dense-Block Detection in Terabyte-Scale Tensors, WSDM 2017
    (https://doi.org/10.1145/3018661.3018676).

    Complexity: one pass over the entries that are left for each removal; a pass removes at least
    one value, and usually most of its mode.

    Args:
        entries: shape (N, n), the value of each entry in each mode; entries are distinct.
        sizes: number of values of each mode.

    A block of 2 by 2 by 1 with a tail:

    >>> entries = np.array([[0, 0, 1, 1, 2], [0, 1, 0, 1, 2], [0, 0, 0, 0, 1]])
    >>> found = densest_block(entries, (3, 3, 2))
    >>> [i.tolist() for i in found.inside], round(found.density, 6)
    ([[True, True, False], [True, True, False], [True, False]], 2.4)
    """
    modes = len(sizes)
    names = [np.arange(size) for size in sizes]
    gone = [np.full(size, KEPT) for size in sizes]
    level = [np.zeros(size) for size in sizes]
    heaviest, entries = [0.0] * modes, entries.copy()
    mass, total, step, best, best_step = _masses(entries, sizes), entries.shape[1], 0, 0.0, 0
    while total:
        # Values without an entry are in no dense block.
        for mode in range(modes):
            empty = names[mode][mass[mode] == 0]
            empty = empty[gone[mode][empty] == KEPT]
            gone[mode][empty], level[mode][empty] = step, heaviest[mode]
            names[mode], entries[mode] = _without(names[mode], entries[mode], mass[mode] == 0)
            mass[mode] = mass[mode][mass[mode] > 0]
        count = [len(one) for one in names]
        if (whole := total * modes / sum(count)) > best + TIE:
            best, best_step = whole, step
        mode = int(np.argmax(count))
        # As whole numbers, so that rounding decides nothing.
        out = np.flatnonzero(mass[mode] * count[mode] <= total)
        out = out[np.argsort(mass[mode][out], kind="stable")]
        removed = mass[mode][out]
        group = np.cumsum(begins(removed))
        ends = np.flatnonzero(np.diff(group, append=-1))
        left = total - np.cumsum(removed)[ends]
        density = left * modes / (sum(count) - (ends + 1))
        most = int(np.argmax(density))
        if density[most] > best + TIE:
            best, best_step = float(density[most]), step + most + 1
        gone[mode][names[mode][out]] = step + group
        level[mode][names[mode][out]] = np.maximum(removed, heaviest[mode])
        heaviest[mode] = max(heaviest[mode], float(removed[-1]))
        step += len(ends)
        leaves = np.zeros(count[mode], np.bool_)
        leaves[out] = True
        entries = entries[:, ~leaves[entries[mode]]]
        mass = _masses(entries, count)
        total = entries.shape[1]
    return TensorBlock(tuple((g > best_step) & (best > 0) for g in gone), best, tuple(level))


def _masses(entries: npt.NDArray[np.int64], sizes: Sequence[int]) -> list[npt.NDArray[np.int64]]:
    """The number of entries of each value, for each mode."""
    return [np.bincount(codes, minlength=size) for codes, size in zip(entries, sizes, strict=True)]


def _without(
    names: npt.NDArray[np.int64], codes: npt.NDArray[np.int64], empty: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Names without those that are empty, and codes that count the others."""
    return names[~empty], (np.cumsum(~empty) - 1)[codes]
