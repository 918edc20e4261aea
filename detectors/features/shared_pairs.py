"""All pairs of accounts that share an entity, computed a block of accounts at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.index import begins
from shamcrowd.recording.units import Places

PAIRS_AT_A_TIME = 2**20
"""Shared entities of pairs held in memory at once, unless one account alone has more (assumed)."""
CODE_BITS, ACCOUNT_BITS = 13, 25
CODES, MAX_ACCOUNTS = 1 << CODE_BITS, 1 << ACCOUNT_BITS
MAX_USERS = np.iinfo(np.int16).max


@dataclass(frozen=True)
class SharedPairs:
    """Pairs of accounts that share entities, and the code of each shared entity.

    Attributes:
        one: shape (pairs,), position of an account.
        other: shape (pairs,), position of another, greater than ``one``. Pairs are unique and
            sorted by both.
        first: shape (pairs,), position in ``code`` of the first shared entity of each pair.
        code: shape (shared entities,), code of each shared entity, ascending within a pair.
    """

    one: Places
    other: Places
    first: npt.NDArray[np.intp]
    code: npt.NDArray[np.int64]

    @property
    def common(self) -> npt.NDArray[np.int64]:
        """Shape (pairs,): number of entities that each pair shares."""
        return np.diff(self.first, append=len(self.code))


def shared_pairs(
    places: npt.NDArray[np.integer],
    users: npt.NDArray[np.integer],
    code: npt.NDArray[np.integer],
    accounts: int,
) -> Iterator[SharedPairs]:
    """Yield all pairs of accounts that share an entity, a block of accounts at a time.

    Time and memory: a sort of about n * users / 2 pairs, `PAIRS_AT_A_TIME` of them in memory. A
    sparse matrix product would update one cell of a vector of all accounts for every pair, which
    misses the processor's cache with a million accounts.

    Args:
        places: shape (n,), positions of the accounts of each entity, one entity after the other,
            ascending within an entity.
        users: shape (entities,), number of accounts of each entity, at most 32,767.
        code: shape (entities,), a number from 0 to 8,191 that the result gives for each entity; two
            entities may have the same.
        accounts: number of accounts, at most 2**25.

    Raises:
        ValueError: if a code exceeds 8,191, an entity has more than 32,767 accounts, or there are
            more than 2**25 accounts.

    Accounts 0, 1 and 4 share an entity, and 0 and 4 another:

    >>> pairs = next(shared_pairs(np.array([0, 1, 4, 0, 4]), np.array([3, 2]), np.array([9, 7]), 5))
    >>> pairs.one.tolist(), pairs.other.tolist(), pairs.common.tolist(), pairs.code.tolist()
    ([0, 0, 1], [1, 4, 4], [1, 2, 1], [9, 7, 9, 9])
    """
    if users.max(initial=0) > MAX_USERS:
        raise ValueError(
            f"too many accounts share one entity ({users.max():,}; limit {MAX_USERS:,}); leave out "
            "entities that many accounts use"
        )
    if accounts > MAX_ACCOUNTS:
        raise ValueError(f"{accounts:,} accounts are too many (limit {MAX_ACCOUNTS:,})")
    if code.max(initial=0) >= CODES:
        raise ValueError(f"code {code.max()} is out of range (0 to {CODES - 1})")
    # Number of later rows of the same entity: the accounts that each row is paired with.
    behind = (np.repeat(np.cumsum(users), users) - np.arange(1, len(places) + 1)).astype(np.int16)
    codes = np.repeat(code.astype(np.int16), users)
    for rows in _blocks(places, behind, accounts):
        times = behind[rows]
        if not times.any():
            continue
        last = np.cumsum(times, dtype=np.int64)
        partner = np.repeat(rows + 1 - (last - times), times)
        partner += np.arange(len(partner))
        # One account, other account and code packed into one integer, so that a sort of plain
        # numbers orders all three.
        packed = places[rows].astype(np.int64) << ACCOUNT_BITS + CODE_BITS | codes[rows]
        packed = np.repeat(packed, times)
        packed |= places[partner].astype(np.int64) << CODE_BITS
        packed.sort()
        pair = packed >> CODE_BITS
        first = np.flatnonzero(begins(pair))
        pair = pair[first]
        yield SharedPairs(pair >> ACCOUNT_BITS, pair & MAX_ACCOUNTS - 1, first, packed & CODES - 1)


def _blocks(
    places: npt.NDArray[np.integer], behind: npt.NDArray[np.int16], accounts: int
) -> Iterator[npt.NDArray[np.intp]]:
    """Positions of the rows of each block of accounts, in the order given."""
    pairs = np.zeros(accounts, np.int64)
    np.add.at(pairs, places, behind.astype(np.int64))  # With another type, ten times as slow.
    block = np.cumsum(pairs) // PAIRS_AT_A_TIME
    # With 16 bits or fewer, numpy's stable sort is a radix sort.
    block = block.astype(np.min_scalar_type(block.max(initial=0)))[places]
    order = np.argsort(block, kind="stable")
    first = np.flatnonzero(begins(block[order]))
    for begin, end in pairwise([*first.tolist(), len(order)]):
        yield order[begin:end]
