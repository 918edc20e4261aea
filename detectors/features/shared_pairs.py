"""Accounts that meet: every two that have a thing in common, some accounts' at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.index import begins

AT_A_TIME = 2**20
"""Meetings that are held at once, if no account has more (assumed)."""
WORD_BITS, PLACE_BITS = 9, 27
WORDS, PLACES = 1 << WORD_BITS, 1 << PLACE_BITS
USERS = np.iinfo(np.int16).max


@dataclass(frozen=True)
class Met:
    """Pairs of accounts that have things in common, and each of those things.

    Attributes:
        one: shape (pairs,), an account.
        other: shape (pairs,), one behind it. Pairs are sorted by both and come once.
        first: shape (pairs,), where the things of each pair begin.
        word: shape (things in common,), what was said of each, ascending within a pair.
    """

    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    first: npt.NDArray[np.intp]
    word: npt.NDArray[np.int64]

    @property
    def common(self) -> npt.NDArray[np.int64]:
        """Shape (pairs,): how many things each has in common."""
        return np.diff(self.first, append=len(self.word))


def meetings(
    places: npt.NDArray[np.integer],
    users: npt.NDArray[np.integer],
    word: npt.NDArray[np.integer],
    accounts: int,
) -> Iterator[Met]:
    """All accounts that meet on a thing, those of some accounts at a time.

    ``places`` has shape (n,): the accounts of each thing one after the other, ascending within a
    thing; ``users``, shape (things,), how many each has; ``word``, shape (things,), a number from 0
    to 511 to know each by.

    Time and memory: a sort of n * users / 2 meetings, `AT_A_TIME` of them held. A sparse product
    would look up a cell of a vector as long as the accounts for every meeting, which for a million
    of them misses the cache.

    Raises:
        ValueError: for another word, more than 32,767 accounts of a thing, or more than 134 million
            in all.

    Accounts 0, 1 and 4 have a thing in common, and 0 and 4 another:

    >>> met = next(meetings(np.array([0, 1, 4, 0, 4]), np.array([3, 2]), np.array([9, 7]), 5))
    >>> met.one.tolist(), met.other.tolist(), met.common.tolist(), met.word.tolist()
    ([0, 0, 1], [1, 4, 4], [1, 2, 1], [9, 7, 9, 9])
    """
    if word.max(initial=0) >= WORDS or users.max(initial=0) > USERS or accounts > PLACES:
        raise ValueError(f"{WORDS} words, {USERS} users and {PLACES} accounts at most can meet")
    # Rows of the same thing that stand behind each row: whom its account meets there.
    behind = (np.repeat(np.cumsum(users), users) - np.arange(1, len(places) + 1)).astype(np.int16)
    said = np.repeat(word.astype(np.int16), users)
    for rows in _blocks(places, behind, accounts):
        times = behind[rows]
        if not times.any():
            continue
        last = np.cumsum(times, dtype=np.int64)
        partner = np.repeat(rows + 1 - (last - times), times)
        partner += np.arange(len(partner))
        # Packed, so that the sort moves numbers and nothing else.
        met = np.repeat(places[rows].astype(np.int64) << PLACE_BITS + WORD_BITS | said[rows], times)
        met |= places[partner].astype(np.int64) << WORD_BITS
        met.sort()
        pair = met >> WORD_BITS
        first = np.flatnonzero(begins(pair))
        pair = pair[first]
        yield Met(pair >> PLACE_BITS, pair & PLACES - 1, first, met & WORDS - 1)


def _blocks(
    places: npt.NDArray[np.integer], behind: npt.NDArray[np.int16], accounts: int
) -> Iterator[npt.NDArray[np.intp]]:
    """The rows of some accounts at a time, in order of both."""
    met = np.zeros(accounts, np.int64)
    np.add.at(met, places, behind.astype(np.int64))  # Of another type it is ten times as slow.
    block = np.cumsum(met) // AT_A_TIME
    # In 16 bits, if they do, which a stable sort counts instead of comparing.
    block = block.astype(np.min_scalar_type(block.max(initial=0)))[places]
    order = np.argsort(block, kind="stable")
    first = np.flatnonzero(begins(block[order]))
    for begin, end in pairwise([*first.tolist(), len(order)]):
        yield order[begin:end]
