"""How alike an account's prompts are, from the counts of set bits in their sketches."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from detectors.features.batch import Batch

BITS = 64
_LANES = 4
_MOST_ROWS = 60_000
"""Rows added up in one 16-bit lane, which holds 65,535."""
_SPREAD = np.array(
    [sum(((nibble >> bit) & 1) << (16 * bit) for bit in range(_LANES)) for nibble in range(16)],
    np.uint64,
)
"""Four bits to four lanes of 16."""


class BitCounts:
    """For each account how many of its prompts have each bit of the sketch set."""

    def __init__(self) -> None:
        self._set = np.empty((0, BITS), np.int32)
        self._rows = np.empty(0, np.int64)

    def grow(self, accounts: int) -> None:
        """Make room for accounts opened since."""
        more = accounts - len(self._rows)
        self._set = np.concatenate([self._set, np.zeros((more, BITS), np.int32)])
        self._rows = np.concatenate([self._rows, np.zeros(more, np.int64)])

    def add(self, batch: Batch) -> None:
        """Take in rows."""
        # Long runs are cut, so that no lane overflows.
        runs = np.repeat(np.arange(len(batch.first)), -(-batch.count // _MOST_ROWS))
        starts = batch.first[runs]
        starts += _MOST_ROWS * (np.arange(len(runs)) - np.searchsorted(runs, runs))
        lanes = np.empty((len(starts), BITS // _LANES), "<u8")
        for nibble in range(BITS // _LANES):
            four = (batch.sketch >> np.uint64(_LANES * nibble)) & np.uint64(15)
            lanes[:, nibble] = np.add.reduceat(_SPREAD[four], starts)
        count = lanes.view("<u2").astype(np.int32)
        if len(starts) > len(batch.first):
            count = np.add.reduceat(count, np.flatnonzero(np.diff(runs, prepend=-1)), axis=0)
        self._set[batch.who] += count
        self._rows[batch.who] += batch.count

    @property
    def likeness(self) -> npt.NDArray[np.float64]:
        """Shape (accounts,): mean likeness of two of its prompts, from 0 (unrelated) to 1 (alike).

        Likeness of two sketches is 1 - 2 * (share of differing bits), over all pairs; an account
        with fewer than two prompts has 0. Below 0 by chance, it is 0.
        """
        n = self._rows.astype(np.float64)
        ones = self._set.sum(axis=1, dtype=np.float64)
        squares = np.einsum("ij,ij->i", self._set, self._set, dtype=np.float64)
        # Ordered pairs that agree on a bit with k of n set: k (k - 1) + (n - k) (n - k - 1).
        alike = 2 * squares - 2 * n * ones + BITS * n * (n - 1)
        mean = alike / (BITS * np.maximum(n * (n - 1), 1))
        likeness: npt.NDArray[np.float64] = np.where(self._rows > 1, 2 * mean - 1, 0.0)
        return np.maximum(likeness, 0.0)
