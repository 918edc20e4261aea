"""Busiest clock hour or day of each account, updated review by review."""

from __future__ import annotations

import numpy as np

from shamcrowd.detectors.features.index import begins
from shamcrowd.recording.units import Millis, Places


class Peaks:
    """Counts rows per account and clock unit.

    Only the count of each account's last unit is kept, since the unit may continue after a review.

    Args:
        unit: length of the unit, ms.

    Attributes:
        peak: shape (accounts,), most rows in one unit.
        units: shape (accounts,), number of units with a row.

    >>> hours = Peaks(3_600_000)
    >>> hours.grow(2)
    >>> hours.add(np.array([0, 0, 1]), np.array([10, 20, 30]))
    >>> hours.add(np.array([0, 1]), np.array([40, 3_600_000]))
    >>> hours.peak.tolist(), hours.units.tolist()
    ([3, 1], [1, 2])
    """

    def __init__(self, unit: int) -> None:
        self._unit = unit
        self.peak = np.empty(0, np.int64)
        self.units = np.empty(0, np.int64)
        self._last = np.empty(0, np.int64)
        self._in_last = np.empty(0, np.int64)

    def grow(self, accounts: int) -> None:
        """Extend the arrays to ``accounts`` accounts."""
        more = np.zeros(accounts - len(self.peak), np.int64)
        self.peak = np.concatenate([self.peak, more])
        self.units = np.concatenate([self.units, more])
        self._in_last = np.concatenate([self._in_last, more])
        self._last = np.concatenate([self._last, more - 1])

    def add(self, places: Places, times: Millis) -> None:
        """Add rows, sorted by account and time (ms since 1970)."""
        unit = times // self._unit
        turn = begins(places) | begins(unit)
        begin = np.flatnonzero(turn)
        who, when = places[begin], unit[begin]
        count = np.diff(begin, append=len(places)).astype(np.int64)
        goes_on = self._last[who] == when
        count += np.where(goes_on, self._in_last[who], 0)
        np.maximum.at(self.peak, who, count)
        np.add.at(self.units, who[~goes_on], np.int64(1))
        ends = np.flatnonzero(np.diff(who, append=-1) != 0)
        self._last[who[ends]], self._in_last[who[ends]] = when[ends], count[ends]
