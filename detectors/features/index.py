"""Account ids to places in arrays that grow, in order of first appearance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from shamcrowd.recording.units import AccountIds, EntityIds, Places
from shamcrowd.recording.view import LogView

ROWS_AT_A_TIME = 4_000_000
"""Requests held at once: a column of them is small enough for memory that was used before, and new
memory is slow (glibc asks for new above 32 MiB)."""
PAIRS_ASIDE = 2**20


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
        self.add(self.ids)

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, ids: AccountIds) -> None:
        """Give places to new accounts."""
        self.ids = np.concatenate([self.ids, ids])
        # Its hash table finds millions of ids in a million ten times as fast as a binary search.
        self._table = pd.Index(self.ids)
        self._order = np.argsort(self.ids, kind="stable")
        # One more at the end, so that every place can be looked at; no id is negative.
        self._ascending = np.append(self.ids[self._order], np.int32(-1))

    def of(self, ids: npt.NDArray[np.integer]) -> Places:
        """Places of accounts that were added.

        Raises:
            KeyError: if one was not.
        """
        places: Places = self._table.get_indexer(pd.Index(ids))
        if places.min(initial=0) < 0:
            raise KeyError(f"account {ids[places.argmin()]} was never opened")
        return places

    def of_ascending(self, ids: npt.NDArray[np.integer]) -> Places:
        """The same for ids in ascending order.

        A binary search goes through memory with them, where a hash table of a million misses the
        cache at every id.

        Raises:
            KeyError: if one was not added.
        """
        ids = ids.astype(np.int32, copy=False)
        at = np.searchsorted(self._ascending[:-1], ids)
        unknown = self._ascending[at] != ids
        if unknown.any():
            raise KeyError(f"account {ids[unknown.argmax()]} was never opened")
        places: Places = self._order[at]
        return places

    def update(self, log: LogView) -> AccountIds:
        """Add the accounts opened since the last review; gives their ids."""
        new = log.new.arrow("accounts", ["account"]).column(0).to_numpy()
        # By id: a place must not hang on the order of rows.
        new = np.sort(new)
        self.add(new)
        return new


def distinct(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Each value once, sorted; from 0 up. By a sort: a hash table of millions misses the cache.

    >>> distinct(np.array([7, 2, 7])).tolist()
    [2, 7]
    """
    values = np.sort(values)
    return values[begins(values)]


def merged(runs: list[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """`distinct` values of runs that are sorted, most of them, which this sort merely merges."""
    values = np.concatenate(runs)
    values.sort(kind="stable")
    return values[begins(values)]


def begins(values: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """Where a value is not the one before it; true at the first.

    >>> begins(np.array([2, 2, 7])).tolist()
    [True, False, True]
    """
    first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


def together(log: LogView, index: AccountIndex, column: str) -> npt.NDArray[np.int64]:
    """Distinct (account, entity) of the new requests: shape (n,), ``place << 32 | entity``, sorted.

    ``column`` names the entity, an id. A few million rows are held at a time.
    """
    found = [np.empty(0, np.int64)]
    for rows in log.new.pieces("requests", ["account", column], ROWS_AT_A_TIME):
        account, entity = (rows.column(name).to_numpy() for name in ("account", column))
        found.append(placed(account, entity, index))
    return merged(found)


def placed(
    account: AccountIds, entity: npt.NDArray[np.integer], index: AccountIndex
) -> npt.NDArray[np.int64]:
    """Distinct (account, entity) of some rows: shape (n,), ``place << 32 | entity``, by account id.

    An account is looked up once a run of its pairs, not once a row.
    """
    packed = distinct(account.astype(np.int64) << 32 | entity)
    first = np.flatnonzero(begins(packed >> 32))
    place = index.of_ascending(packed[first] >> 32)
    place = np.repeat(place, np.diff(first, append=len(packed)))
    return place << 32 | packed & 0xFFFFFFFF


class EntityPairs:
    """Distinct (account place, entity) pairs, added review by review.

    >>> pairs = EntityPairs()
    >>> pairs.fresh(np.array([0, 1, 0]), np.array([8, 8, 8])).tolist()
    [True, True, False]
    >>> pairs.fresh(np.array([1, 1]), np.array([8, 9])).tolist()
    [False, True]
    """

    def __init__(self) -> None:
        self._packed = np.empty(0, np.int64)
        # Distinct and sorted, not yet among the others.
        self._parts: list[npt.NDArray[np.int64]] = []

    def add(self, places: Places, entities: npt.NDArray[np.integer]) -> None:
        """Take pairs in. Entities are from 0 up."""
        self._parts.append(distinct((places << 32) | entities.astype(np.int64)))
        # Never more than there are, so that every pair is moved a few times at most.
        if sum(map(len, self._parts)) > max(len(self._packed), PAIRS_ASIDE):
            self._settle()

    def fresh(self, places: Places, entities: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
        """Take pairs in as `add`; true at the first row of each that was not known."""
        packed, row = np.unique((places << 32) | entities.astype(np.int64), return_index=True)
        fresh = np.zeros(len(places), np.bool_)
        fresh[row[self._new(packed)[1]]] = True
        self.add(places, entities)
        return fresh

    def _settle(self) -> npt.NDArray[np.int64]:
        """All pairs, sorted."""
        parts, self._parts = self._parts, []
        if parts:
            self._packed = merged([self._packed, *parts])
        return self._packed

    def _new(
        self, packed: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Where each belongs, and which are not there."""
        held = self._settle()
        where: Places = np.asarray(np.searchsorted(held, packed))
        # One more at the end, so that every place can be looked at; no pair is negative.
        return where, np.append(held, -1)[where] != packed

    @property
    def places(self) -> Places:
        """Account of each pair."""
        return self._settle() >> 32

    @property
    def entities(self) -> EntityIds:
        """Thing of each pair."""
        return self._settle() & 0xFFFFFFFF


def sharing(
    places: Places, entities: npt.NDArray[np.integer], accounts: int
) -> npt.NDArray[np.int64]:
    """For each account the most accounts that use one of its entities (0: it has none).

    >>> sharing(np.array([0, 1, 1]), np.array([8, 8, 9]), 3).tolist()
    [2, 2, 0]
    """
    # By entity, whose users stand together. Entities are signed.
    packed = np.sort(entities.astype(np.int64) << 32 | places)
    first = np.flatnonzero(begins(packed >> 32))
    count = np.diff(first, append=len(packed))
    most = np.zeros(accounts, np.int64)
    np.maximum.at(most, packed & 0xFFFFFFFF, np.repeat(count, count))
    return most
