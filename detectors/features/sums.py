"""Arrays of numbers per account that grow as accounts are opened."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Places

ROWS_IN_CACHE = 2**13
"""Accounts processed at once, so that their numbers stay in the processor's cache."""


class Sums:
    """Named arrays of shape (accounts,).

    Args:
        blank: initial value of each array.

    >>> sums = Sums(requests=0, seen=-1)
    >>> sums.grow(2)
    >>> sums["requests"][1] += 3
    >>> sums.grow(3)
    >>> sums["requests"].tolist(), sums["seen"].tolist()
    ([0.0, 3.0, 0.0], [-1.0, -1.0, -1.0])
    """

    def __init__(self, **blank: float) -> None:
        self._blank = blank
        self._held = {name: np.empty(0) for name in blank}

    def __getitem__(self, name: str) -> npt.NDArray[np.float64]:
        return self._held[name]

    def grow(self, accounts: int) -> None:
        """Extend the arrays to ``accounts`` accounts."""
        for name, held in self._held.items():
            more = np.full(accounts - len(held), self._blank[name])
            self._held[name] = np.concatenate([held, more])


class CategoryCounts:
    """Counts rows per account and category, for columns with few categories.

    >>> counts = CategoryCounts()
    >>> counts.grow(2)
    >>> counts.add(np.array([0, 0, 1]), np.array([0, 1, 1]), categories=2)
    >>> counts.distinct.tolist(), counts.entropy.tolist()
    ([2, 1], [1.0, 0.0])
    """

    def __init__(self) -> None:
        self._held = np.empty((0, 0), np.int32)

    def grow(self, accounts: int) -> None:
        """Extend the arrays to ``accounts`` accounts."""
        more = np.zeros((accounts - len(self._held), self._held.shape[1]), np.int32)
        self._held = np.concatenate([self._held, more])

    def add(self, places: Places, codes: npt.NDArray[np.int64], categories: int) -> None:
        """Add rows; ``categories`` is the number of categories known so far."""
        if categories > self._held.shape[1]:
            more = np.zeros((len(self._held), categories - self._held.shape[1]), np.int32)
            self._held = np.concatenate([self._held, more], axis=1)
        # In place: at a short review of a large log most cells do not change.
        np.add.at(self._held.reshape(-1), places * self._held.shape[1] + codes, np.int32(1))

    @property
    def counts(self) -> npt.NDArray[np.int32]:
        """Shape (accounts, categories): number of rows."""
        return self._held

    @property
    def distinct(self) -> npt.NDArray[np.int64]:
        """Shape (accounts,): number of different categories."""
        distinct: npt.NDArray[np.int64] = (self._held > 0).sum(axis=1)
        return distinct

    @property
    def entropy(self) -> npt.NDArray[np.float64]:
        """Shape (accounts,): entropy of the categories in bits; 0 for an account without rows."""
        spread = np.empty(len(self._held))
        for first in range(0, len(spread), ROWS_IN_CACHE):
            rows = slice(first, first + ROWS_IN_CACHE)
            held = self._held[rows]
            share = held / np.maximum(held.sum(axis=1, keepdims=True), 1)
            logs = np.log2(share, out=np.zeros_like(share), where=share > 0)
            spread[rows] = np.abs((share * logs).sum(axis=1))
        return spread
