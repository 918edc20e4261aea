"""How alike accounts are by the tokens they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detectors.features.index import begins

PAIRS_AT_A_TIME = 2**20
"""Meetings of two accounts that are counted at once, if no account has more (assumed)."""


@dataclass(frozen=True)
class Similar:
    """Pairs of accounts with a token in common, ``one`` before ``other``; each of shape (n,).

    Sorted by both. ``common`` counts the tokens that both have, ``alike`` is the Jaccard of their
    tokens, in (0, 1].
    """

    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    common: npt.NDArray[np.int64]
    alike: npt.NDArray[np.float64]


def jaccard(
    parts: Iterable[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]], accounts: int, cap: int
) -> Iterator[Similar]:
    """Compare all accounts that meet on a token of ``cap`` accounts at most.

    A part is some of the tokens: ``places``, shape (n,), the accounts of each token one after the
    other, ascending within a token; ``users``, shape (tokens,), how many each has. Popular tokens
    bring nobody together, and still count for the union. Pairs come some accounts' at a time, in
    order.

    Time and memory: one sort of the meetings, at most n * cap / 2, some accounts' at a time. A
    sparse product would look up a cell of a vector as long as the accounts for every meeting,
    which for a million of them misses the cache.

    Three of five tokens:

    >>> places, users = np.array([0, 1, 0, 1, 0, 1, 0, 1]), np.array([2, 2, 2, 1, 1])
    >>> float(next(jaccard([(places, users)], 2, cap=10)).alike[0])
    0.6
    """
    many, met = np.zeros(accounts, np.int32), np.zeros(accounts, np.int64)
    kept, ahead = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    for places, users in parts:
        np.add.at(many, places, np.int32(1))
        fit = (users >= 2) & (users <= cap)
        places, users = places[np.repeat(fit, users)], users[fit]
        # Rows of the same token that follow each row: whom its account meets there.
        follow = np.repeat(np.cumsum(users), users)
        follow -= np.arange(1, len(places) + 1)
        np.add.at(met, places, follow)
        kept.append(places.astype(np.int32))
        ahead.append(follow.astype(np.int32))
    rows, following = np.concatenate(kept), np.concatenate(ahead)
    block = (np.cumsum(met) // PAIRS_AT_A_TIME).astype(np.int32)[rows]
    for b in range(block.max(initial=-1) + 1):
        pair, common = _meetings(rows, following, np.flatnonzero(block == b))
        one, other = pair >> 32, pair & 0xFFFFFFFF
        yield Similar(one, other, common, common / (many[one] + many[other] - common))


def _meetings(
    places: npt.NDArray[np.int32], follow: npt.NDArray[np.int32], rows: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Whom the accounts of these rows meet, packed, and how often; sorted."""
    meetings, ahead = [np.empty(0, np.int64)], 1
    while len(rows := rows[follow[rows] >= ahead]):
        meetings.append(places[rows].astype(np.int64) << 32 | places[rows + ahead])
        ahead += 1
    packed = np.sort(np.concatenate(meetings))
    first = np.flatnonzero(begins(packed))
    return packed[first], np.diff(first, append=len(packed))
