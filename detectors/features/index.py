"""Account ids to places in arrays that grow, in order of first appearance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from recording.view import LogView


class AccountIndex:
    """A place from 0 for every account seen.

    >>> index = AccountIndex()
    >>> index.add(np.array([70, 5], np.int32))
    >>> index.add(np.array([9], np.int32))
    >>> index.of(np.array([9, 70])).tolist()
    [2, 0]
    """

    def __init__(self) -> None:
        self.ids = np.empty(0, np.int32)
        self._order = np.empty(0, np.int64)

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, ids: npt.NDArray[np.int32]) -> None:
        """Give places to new accounts."""
        self.ids = np.concatenate([self.ids, ids])
        self._order = np.argsort(self.ids)

    def of(self, ids: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        """Places of accounts that were added."""
        return self._order[np.searchsorted(self.ids, ids, sorter=self._order)]

    def update(self, log: LogView) -> npt.NDArray[np.int32]:
        """Add the accounts opened since the last review; gives their ids."""
        new = log.new.arrow("accounts", ["account"]).column(0).to_numpy()
        # By id: a place must not hang on the order of rows.
        new = np.sort(new)
        self.add(new)
        return new


class Pairs:
    """Distinct (account place, thing) pairs, added review by review.

    >>> pairs = Pairs()
    >>> pairs.add(np.array([0, 1, 0]), np.array([8, 8, 8])).tolist()
    [True, True, False]
    >>> pairs.add(np.array([1, 1]), np.array([8, 9])).tolist()
    [False, True]
    """

    def __init__(self) -> None:
        self._packed = np.empty(0, np.int64)

    def add(
        self, places: npt.NDArray[np.int64], things: npt.NDArray[np.integer]
    ) -> npt.NDArray[np.bool_]:
        """Take pairs in; true at the first row of each that was not known. Things are from 0 up."""
        packed, row = np.unique((places << 32) | things.astype(np.int64), return_index=True)
        where = np.asarray(np.searchsorted(self._packed, packed))
        # One more at the end, so that every place can be looked at; no pair is negative.
        new = np.append(self._packed, -1)[where] != packed
        self._packed = np.insert(self._packed, where[new], packed[new])
        fresh = np.zeros(len(places), np.bool_)
        fresh[row[new]] = True
        return fresh

    @property
    def places(self) -> npt.NDArray[np.int64]:
        """Account of each pair."""
        return self._packed >> 32

    @property
    def things(self) -> npt.NDArray[np.int64]:
        """Thing of each pair."""
        return self._packed & 0xFFFFFFFF


def sharing(
    places: npt.NDArray[np.int64], things: npt.NDArray[np.integer], accounts: int
) -> npt.NDArray[np.int64]:
    """For each account the most accounts that use one of its things (0: it has none).

    >>> sharing(np.array([0, 1, 1]), np.array([8, 8, 9]), 3).tolist()
    [2, 2, 0]
    """
    _, code, count = np.unique(things, return_inverse=True, return_counts=True)
    most = np.zeros(accounts, np.int64)
    if len(places):
        np.maximum.at(most, places, count[code])
    return most
