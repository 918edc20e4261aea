"""Bottom-k sample: for each account the rows with the lowest hashes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Places

Hashes = npt.NDArray[np.uint64]
"""Hashes or prompt sketches, 64 bits each."""
OWNER_BITS = 24
"""Bits for the account in a packed sort key; more accounts than fit are sorted in a slower way."""


def hash64(value: Hashes) -> Hashes:
    """Return the hash of 64-bit integers: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).

    >>> hash64(np.array([0, 1], np.uint64)).tolist()
    [0, 6238072747940578789]
    """
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


class BottomK:
    """Keeps for every account the ``kept`` values with the lowest keys.

    The result does not depend on the order of rows. Of values with equal keys the smallest is kept.
    Memory: 20 bytes per value.

    Attributes:
        places: shape (n,), position of the account of each value kept, ascending.
        values: shape (n,), the values.
        keys: shape (n,), their keys, ascending within an account.

    >>> lowest = BottomK(2)
    >>> for keys in ([9, 4], [7, 4]):
    ...     keys = np.array(keys, np.uint64)
    ...     lowest.take(1, np.zeros(2, np.int64), keys, keys * np.uint64(10))
    >>> lowest.values.tolist()
    [40, 70]
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self.places = np.empty(0, np.int32)
        self.values = np.empty(0, np.uint64)
        self.keys = np.empty(0, np.uint64)
        self._bar = np.empty(0, np.uint64)

    def take(self, accounts: int, place: Places, key: Hashes, value: Hashes) -> None:
        """Add rows.

        Args:
            accounts: number of accounts so far.
            place: shape (n,), position of each row's account.
            key: shape (n,), hash by which a row is kept.
            value: shape (n,), the value.
        """
        new = np.full(accounts - len(self._bar), np.iinfo(np.uint64).max, np.uint64)
        bar = np.concatenate([self._bar, new])
        # Most rows of a busy account hash above all that are kept: drop them before the sort.
        low = key <= bar[place]
        owner = np.concatenate([self.places, place[low].astype(np.int32)])
        key = np.concatenate([self.keys, key[low]])
        value = np.concatenate([self.values, value[low]])
        owner, key, value = _lowest_values(owner, key, value)
        begins = np.flatnonzero(np.diff(owner, prepend=-1))
        rank = np.arange(len(owner)) - np.repeat(begins, np.diff(begins, append=len(owner)))
        full = rank == self._kept - 1
        bar[owner[full]] = key[full]
        held = rank < self._kept
        self.places, self.keys, self.values = owner[held], key[held], value[held]
        self._bar = bar


def _lowest_values(
    owner: npt.NDArray[np.int32], key: Hashes, value: Hashes
) -> tuple[npt.NDArray[np.int32], Hashes, Hashes]:
    """Sort by owner and key, and keep the smallest value of each pair."""
    # One packed sort key is several times faster than three arrays. Its key is truncated; if two
    # different keys coincide, the slower sort below is used.
    high = owner.astype(np.uint64) << np.uint64(64 - OWNER_BITS)
    packed = high | key >> np.uint64(OWNER_BITS)
    order = np.argsort(packed)
    packed = packed[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = packed[1:] != packed[:-1]
    sorted_key = key[order]
    clash = (sorted_key[1:] != sorted_key[:-1]) & ~new[1:]
    if clash.any() or not len(owner) or int(owner.max()) >> OWNER_BITS:
        order = np.lexsort((value, key, owner))
        owner, key, value = owner[order], key[order], value[order]
        first = np.ones(len(owner), np.bool_)
        first[1:] = (owner[1:] != owner[:-1]) | (key[1:] != key[:-1])
        return owner[first], key[first], value[first]
    begins = np.flatnonzero(new)
    return owner[order[begins]], sorted_key[begins], np.minimum.reduceat(value[order], begins)
