"""Positions of accounts in arrays, and distinct pairs of account and entity."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from shamcrowd.recording.units import AccountIds, EntityIds, Places
from shamcrowd.recording.view import LogView

ROWS_AT_A_TIME = 4_000_000
"""Requests in memory at once: a column of them fits into memory that can be reused (glibc returns
blocks above 32 MiB to the system, and new memory is slow)."""
PAIRS_ASIDE = 2**20
"""New pairs that may wait before they are merged into the sorted ones."""


class AccountIndex:
    """Assigns each account a position (0, 1, 2, …), in the order in which accounts are added.

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
        """Add new accounts."""
        self.ids = np.concatenate([self.ids, ids])
        # For millions of lookups in a million ids, pandas' hash table is ten times as fast as a
        # binary search.
        self._table = pd.Index(self.ids)
        self._order = np.argsort(self.ids, kind="stable")
        # A sentinel at the end, so that every search result is a valid position; ids are >= 0.
        self._ascending = np.append(self.ids[self._order], np.int32(-1))

    def of(self, ids: npt.NDArray[np.integer]) -> Places:
        """Return the positions of accounts.

        Raises:
            KeyError: if an account was not added.
        """
        places: Places = self._table.get_indexer(pd.Index(ids))
        if places.min(initial=0) < 0:
            raise KeyError(f"account {ids[places.argmin()]} was never opened")
        return places

    def of_ascending(self, ids: npt.NDArray[np.integer]) -> Places:
        """Return the positions of accounts whose ids are in ascending order.

        Faster than `of`: a binary search for ascending ids reads memory in order, while a hash
        table of a million ids misses the processor's cache at every id.

        Raises:
            KeyError: if an account was not added.
        """
        ids = ids.astype(np.int32, copy=False)
        at = np.searchsorted(self._ascending[:-1], ids)
        unknown = self._ascending[at] != ids
        if unknown.any():
            raise KeyError(f"account {ids[unknown.argmax()]} was never opened")
        places: Places = self._order[at]
        return places

    def update(self, log: LogView) -> AccountIds:
        """Add the accounts opened since the previous review and return their ids."""
        new = log.new.arrow("accounts", ["account"]).column(0).to_numpy()
        # Sorted, so that positions do not depend on the order of rows.
        new = np.sort(new)
        self.add(new)
        return new


def distinct(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the unique values, sorted. A sort is faster than numpy's hash table of millions.

    >>> distinct(np.array([7, 2, 7])).tolist()
    [2, 7]
    """
    values = np.sort(values)
    return values[begins(values)]


def merged(runs: list[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """Return the unique values of several sorted arrays; timsort merges them in linear time."""
    values = np.concatenate(runs)
    values.sort(kind="stable")
    return values[begins(values)]


def begins(values: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """Return true where a value differs from the previous one, and at the first.

    >>> begins(np.array([2, 2, 7])).tolist()
    [True, False, True]
    """
    first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


def together(log: LogView, index: AccountIndex, column: str) -> npt.NDArray[np.int64]:
    """Return the distinct pairs of account and entity of the new requests.

    Args:
        log: the view.
        index: its accounts.
        column: column of the entity's id, such as ``address``.

    Returns:
        Shape (n,), ``position of the account << 32 | entity id``, sorted. A few million rows are
        in memory at a time.
    """
    found = [np.empty(0, np.int64)]
    for rows in log.new.pieces("requests", ["account", column], ROWS_AT_A_TIME):
        account, entity = (rows.column(name).to_numpy() for name in ("account", column))
        found.append(placed(account, entity, index))
    return merged(found)


def placed(
    account: AccountIds, entity: npt.NDArray[np.integer], index: AccountIndex
) -> npt.NDArray[np.int64]:
    """Return the distinct pairs of account and entity of some rows.

    Returns:
        Shape (n,), ``position of the account << 32 | entity id``, ordered by account id. Each
        account is looked up once, not once per row.
    """
    packed = distinct(account.astype(np.int64) << 32 | entity)
    first = np.flatnonzero(begins(packed >> 32))
    place = index.of_ascending(packed[first] >> 32)
    place = np.repeat(place, np.diff(first, append=len(packed)))
    return place << 32 | packed & 0xFFFFFFFF


class EntityPairs:
    """Distinct pairs of account position and entity id, added review by review.

    >>> pairs = EntityPairs()
    >>> pairs.fresh(np.array([0, 1, 0]), np.array([8, 8, 8])).tolist()
    [True, True, False]
    >>> pairs.fresh(np.array([1, 1]), np.array([8, 9])).tolist()
    [False, True]
    """

    def __init__(self) -> None:
        self._packed = np.empty(0, np.int64)
        # Each distinct and sorted, not merged yet.
        self._parts: list[npt.NDArray[np.int64]] = []

    def add(self, places: Places, entities: npt.NDArray[np.integer]) -> None:
        """Add pairs. Entity ids are >= 0."""
        self._parts.append(distinct((places << 32) | entities.astype(np.int64)))
        # Merge once there are as many new ones as merged ones: each pair is moved a few times only.
        if sum(map(len, self._parts)) > max(len(self._packed), PAIRS_ASIDE):
            self._settle()

    def fresh(self, places: Places, entities: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
        """Add pairs; return true at the first row of each pair that was not known."""
        packed, row = np.unique((places << 32) | entities.astype(np.int64), return_index=True)
        fresh = np.zeros(len(places), np.bool_)
        fresh[row[self._new(packed)[1]]] = True
        self.add(places, entities)
        return fresh

    def _settle(self) -> npt.NDArray[np.int64]:
        """Merge and return all pairs, sorted."""
        parts, self._parts = self._parts, []
        if parts:
            self._packed = merged([self._packed, *parts])
        return self._packed

    def _new(
        self, packed: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Return where each pair belongs among the sorted ones, and which are new."""
        held = self._settle()
        where: Places = np.asarray(np.searchsorted(held, packed))
        # A sentinel at the end, so that every search result is a valid position; pairs are >= 0.
        return where, np.append(held, -1)[where] != packed

    @property
    def places(self) -> Places:
        """Shape (pairs,): position of the account of each pair."""
        return self._settle() >> 32

    @property
    def entities(self) -> EntityIds:
        """Shape (pairs,): entity of each pair."""
        return self._settle() & 0xFFFFFFFF


def sharing(
    places: Places, entities: npt.NDArray[np.integer], accounts: int
) -> npt.NDArray[np.int64]:
    """Return for each account the number of users of its most used entity; 0 if it has none.

    >>> sharing(np.array([0, 1, 1]), np.array([8, 8, 9]), 3).tolist()
    [2, 2, 0]
    """
    # Sorted by entity, so that its users are adjacent. Entity numbers may be negative.
    packed = np.sort(entities.astype(np.int64) << 32 | places)
    first = np.flatnonzero(begins(packed >> 32))
    count = np.diff(first, append=len(packed))
    most = np.zeros(accounts, np.int64)
    np.maximum.at(most, packed & 0xFFFFFFFF, np.repeat(count, count))
    return most
