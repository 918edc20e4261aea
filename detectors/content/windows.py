"""A window of random prompts of every account, and a reference sample of all accounts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.content.lowest import BottomK, Hashes, hash64
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.recording.units import MS_PER_WEEK, Places
from shamcrowd.recording.view import LogView

WINDOW = 32
"""Prompts of an account's window; accounts with fewer prompts are not scored (assumed)."""
REFERENCE = 500
"""Prompts of the reference sample (assumed)."""


class PromptWindows:
    """A random sample of ``WINDOW`` prompts of every account, out of all its prompts so far.

    Prompts are drawn by a hash of the sketch and the time within the week, so that every request
    has an equal chance, and the sample depends neither on ids and row order nor on the date.
    Memory: 640 bytes per account.
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
        """Return positions of accounts with a full window, and the windows, shape (n, WINDOW)."""
        place = self._lowest.places.astype(np.int64)
        enough = np.bincount(place, minlength=len(self.index)) == WINDOW
        return np.flatnonzero(enough), self._lowest.values[enough[place]].reshape(-1, WINDOW)

    def drawn(self, group: Places, size: int) -> tuple[Places, Hashes]:
        """Draw ``size`` prompts of each group of accounts.

        Args:
            group: shape (accounts,), number of each account's group, -1 for none.
            size: number of prompts; groups with fewer are left out.

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
        """Draw at most ``REFERENCE`` prompts, at most ``WINDOW`` per account."""
        order = np.lexsort((self._lowest.values, self._lowest.keys))
        return self._lowest.values[order[:REFERENCE]]


def bits(sketch: Hashes) -> npt.NDArray[np.uint8]:
    """Return the 64 bits of sketches, shape (..., 64), 0 or 1.

    >>> bits(np.array([3], np.uint64)).sum(axis=1).tolist()
    [2]
    """
    return np.unpackbits(np.ascontiguousarray(sketch)[..., None].view(np.uint8), axis=-1)
