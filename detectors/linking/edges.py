"""Weighted edges between accounts, added a block at a time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse


class Edges:
    """Weighted edges between accounts; each pair is added once.

    >>> edges = Edges(3)
    >>> edges.add(np.array([0]), np.array([2]), np.array([0.5]))
    >>> edges.matrix().toarray().tolist()
    [[0.0, 0.0, 0.5], [0.0, 0.0, 0.0], [0.5, 0.0, 0.0]]
    """

    def __init__(self, accounts: int) -> None:
        self._accounts = accounts
        self._ends = [np.empty((2, 0), np.int32)]
        self._weight = [np.empty(0)]

    def add(
        self,
        one: npt.NDArray[np.integer],
        other: npt.NDArray[np.integer],
        weight: npt.NDArray[np.floating | np.integer],
    ) -> None:
        """Add pairs with ``one`` < ``other``; each of shape (n,)."""
        self._ends.append(np.stack([one, other]).astype(np.int32))
        self._weight.append(weight.astype(np.float64))

    def matrix(self) -> sparse.csr_array:
        """Return the symmetric matrix of weights, shape (accounts, accounts)."""
        one, other = np.concatenate(self._ends, axis=1)
        weight, shape = np.concatenate(self._weight), (self._accounts, self._accounts)
        half = sparse.csr_array((weight, (one, other)), shape=shape)
        return sparse.csr_array(half + half.T)
