"""A window of prompts for every account, and a reference that all accounts make together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.content.lowest import BottomK, Hashes, hash64
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.recording.units import MS_PER_WEEK, Places
from shamcrowd.recording.view import LogView

WINDOW = 32
"""Prompts of an account that are compared; one with fewer is not judged (assumed)."""
REFERENCE = 500
"""Prompts that stand for what everybody asks (assumed)."""


class PromptWindows:
    """Of every account ``WINDOW`` prompts drawn by lot, from all it has sent so far.

    The lot is a hash of the prompt and its moment in the week: an equal chance for every request,
    the same on any day, whatever ids and order the rows have. Memory: 640 bytes an account.
    """

    def __init__(self) -> None:
        self.index = AccountIndex()
        self._lowest = BottomK(WINDOW)

    def update(self, log: LogView) -> None:
        """Process the rows since the previous review."""
        self.index.update(log)
        rows = log.new.arrow("requests", ["account", "time", "sketch"])
        place = self.index.of(rows.column("account").to_numpy())
        moment = rows.column("time").cast("int64").to_numpy() % MS_PER_WEEK
        sketch = rows.column("sketch").to_numpy()
        key = hash64(sketch ^ hash64(moment.astype(np.uint64)))
        self._lowest.take(len(self.index), place, key, sketch)

    def full(self) -> tuple[Places, Hashes]:
        """Places of accounts with a whole window, and their windows, shape (n, ``WINDOW``)."""
        place = self._lowest.places.astype(np.int64)
        enough = np.bincount(place, minlength=len(self.index)) == WINDOW
        return np.flatnonzero(enough), self._lowest.values[enough[place]].reshape(-1, WINDOW)

    def drawn(self, group: Places, size: int) -> tuple[Places, Hashes]:
        """The ``size`` prompts with the lowest lots of each group of accounts.

        Args:
            group: shape (accounts,), number of the group of each, -1 for none.
            size: prompts of each group; those with fewer are left out.

        Returns:
            Numbers of the groups, and their prompts, shape (groups, size).
        """
        of = group[self._lowest.places]
        order = np.lexsort((self._lowest.values, self._lowest.keys, of))
        order = order[of[order] >= 0]
        of = of[order]
        begins = np.flatnonzero(np.diff(of, prepend=-1))
        count = np.diff(begins, append=len(of))
        first = np.repeat(begins, count)
        chosen = (np.arange(len(of)) - first < size) & (np.repeat(count, count) >= size)
        return of[begins][count >= size], self._lowest.values[order[chosen]].reshape(-1, size)

    def reference(self) -> Hashes:
        """At most ``REFERENCE`` prompts with the lowest lots, at most a window an account."""
        order = np.lexsort((self._lowest.values, self._lowest.keys))
        return self._lowest.values[order[:REFERENCE]]


def bits(sketch: Hashes) -> npt.NDArray[np.uint8]:
    """The 64 bits of sketches, shape (..., 64), 0 or 1.

    >>> bits(np.array([3], np.uint64)).sum(axis=1).tolist()
    [2]
    """
    return np.unpackbits(np.ascontiguousarray(sketch)[..., None].view(np.uint8), axis=-1)
