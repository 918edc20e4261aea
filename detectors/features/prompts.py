"""Similarity of an account's prompts, from counts of the bits set in their sketches."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.batch import RequestBatch

BITS = 64
_LANES = 8
_MOST_ROWS = 255
"""Rows summed in one lane of eight bits, which holds at most 255."""
_SPREAD = np.array(
    [sum(((byte >> bit) & 1) << (8 * bit) for bit in range(_LANES)) for byte in range(256)],
    np.uint64,
)
"""Spreads the bits of a byte to eight lanes of eight bits."""


class BitCounts:
    """Counts for each account how many of its prompts have each bit of the sketch set."""

    def __init__(self) -> None:
        # By byte, then account, as one byte of all accounts is summed at a time.
        self._set = np.empty((BITS // _LANES, 0, _LANES), np.int32)
        self._rows = np.empty(0, np.int64)

    def grow(self, accounts: int) -> None:
        """Extend the arrays to ``accounts`` accounts."""
        more = accounts - len(self._rows)
        blank = np.zeros((BITS // _LANES, more, _LANES), np.int32)
        # Without accounts so far, the zero pages need not be copied.
        self._set = np.concatenate([self._set, blank], axis=1) if len(self._rows) else blank
        self._rows = np.concatenate([self._rows, np.zeros(more, np.int64)])

    def add(self, batch: RequestBatch) -> None:
        """Add rows of requests."""
        # Long runs are split, so that no lane overflows.
        runs = np.repeat(np.arange(len(batch.first)), -(-batch.count // _MOST_ROWS))
        starts = batch.first[runs]
        starts += _MOST_ROWS * (np.arange(len(runs)) - np.searchsorted(runs, runs))
        cut = len(starts) > len(batch.first)
        whole = np.flatnonzero(np.diff(runs, prepend=-1)) if cut else None
        for byte in range(BITS // _LANES):
            eight = (batch.sketch >> np.uint64(_LANES * byte)).astype(np.uint8)
            lanes = np.add.reduceat(_SPREAD[eight], starts).astype("<u8", copy=False)
            count = lanes.view(np.uint8).reshape(-1, _LANES).astype(np.int32)
            if whole is not None:
                count = np.add.reduceat(count, whole, axis=0)
            self._set[byte, batch.who] += count
        self._rows[batch.who] += batch.count

    @property
    def likeness(self) -> npt.NDArray[np.float64]:
        """Shape (accounts,): mean similarity of pairs of prompts, 0 (unrelated) to 1 (equal).

        The similarity of two sketches is 1 - 2 * (share of differing bits). Means below 0, which
        occur by chance, are set to 0; accounts with fewer than two prompts have 0.
        """
        n = self._rows.astype(np.float64)
        ones = self._set.sum(axis=(0, 2), dtype=np.float64)
        squares = np.einsum("ijk,ijk->j", self._set, self._set, dtype=np.float64)
        # Ordered pairs that agree on a bit with k of n set: k (k - 1) + (n - k) (n - k - 1).
        alike = 2 * squares - 2 * n * ones + BITS * n * (n - 1)
        mean = alike / (BITS * np.maximum(n * (n - 1), 1))
        likeness: npt.NDArray[np.float64] = np.where(self._rows > 1, 2 * mean - 1, 0.0)
        return np.maximum(likeness, 0.0)
