"""Account features beside those of the accounts that share things with each."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from detectors.features.index import AccountIndex
from detectors.graph.links import KINDS, SharedThings
from detectors.learned import account_table
from detectors.learned.account_table import USED, AccountTable
from recording.view import LogView


def neighbour_means(
    places: npt.NDArray[np.int64],
    things: npt.NDArray[np.int64],
    table: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Mean of each column over an account's neighbours, and the weight of them: (n, k) and (n,).

    ``places`` and ``things`` are pairs of account and thing, each once, things from 0 up. A thing
    of d accounts makes each a neighbour of the d - 1 others, with weight 1 / ln(d + 5) as in
    FRAUDAR. Whoever has no neighbour has means of 0.

    >>> table = np.array([[1.0], [3.0], [8.0]])
    >>> means, weight = neighbour_means(np.array([0, 1]), np.array([0, 0]), table)
    >>> means.ravel().tolist(), (weight > 0).tolist()
    ([3.0, 1.0, 0.0], [True, True, False])
    """
    n = len(table)
    degree = np.bincount(things, minlength=1)
    weight = 1 / np.log(degree[things] + 5)
    use = sparse.csr_array((np.ones(len(places)), (places, things)), shape=(n, len(degree)))
    weighted = sparse.csr_array((weight, (places, things)), shape=use.shape)
    # Over all accounts of its things, itself included once a thing, which is taken out again.
    own = np.bincount(places, weight, minlength=n)
    total = np.asarray(weighted @ (use.T @ np.column_stack([table, np.ones(n)])))
    sums, count = total[:, :-1] - own[:, None] * table, total[:, -1] - own
    some = count > 1e-12
    means = np.zeros_like(table)
    means[some] = sums[some] / count[some, None]
    return means, np.where(some, count, 0.0)


class NeighbourTable:
    """Features of an account, then the same averaged over its neighbours, then their weight.

    Neighbours share a device, a card, an address or a mailbox grammar, hubs left out
    (`detectors.graph.links`).
    """

    def __init__(self) -> None:
        self._own = AccountTable()
        self._things = SharedThings()

    @property
    def index(self) -> AccountIndex:
        """The accounts opened so far, and the row of each."""
        return self._own.index

    def update(self, log: LogView) -> None:
        """Take in what came since the last review."""
        self._own.update(log)
        self._things.update(log)

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Shape (accounts, ``2 * len(USED) + 1``)."""
        own = self._own.table(now)
        # Both number accounts alike: by id among those that are new at a review.
        means, weight = neighbour_means(*self._edges(), own)
        return np.column_stack([own, means, np.log1p(weight)])

    def _edges(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Account and thing of each pair whose thing is shared by more than one and is no hub."""
        places, things, caps = [], [], []
        for number, kind in enumerate(KINDS):
            pairs = self._things.pairs[kind]
            places.append(pairs.places)
            things.append(pairs.things | number << 32)
            caps.append(np.full(len(pairs.places), kind.cap))
        name, cap = np.concatenate(things), np.concatenate(caps)
        _, code, count = np.unique(name, return_inverse=True, return_counts=True)
        fit = (count[code] > 1) & (count[code] < cap)
        _, kept = np.unique(code[fit], return_inverse=True)
        return np.concatenate(places)[fit], kept


def told(column: int, value: float) -> str:
    """A value of a column in words.

    >>> told(2 * len(USED), 1.0)
    'shares things with others'
    """
    part, place = divmod(column, len(USED))
    if part == 0:
        return account_table.told(place, value)
    if part == 1:
        return f"those it shares things with: {account_table.told(place, value)}"
    return "shares things with others"
