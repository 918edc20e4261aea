"""Accounts that the platform has caught by now, as its log tells."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView


class CaughtAccounts:
    """Accounts with a chargeback, and those that were suspended and not reinstated since.

    Args:
        index: the accounts; its owner updates it first.
    """

    def __init__(self, index: AccountIndex) -> None:
        self._index = index
        self._charged_back = np.empty(0, np.bool_)
        self._suspended = np.empty(0, np.int64)
        self._reinstated = np.empty(0, np.int64)

    def update(self, log: LogView) -> npt.NDArray[np.bool_]:
        """Process the rows since the previous review; return who is caught, shape (accounts,)."""
        fresh = len(self._index) - len(self._charged_back)
        self._charged_back = np.append(self._charged_back, np.zeros(fresh, np.bool_))
        self._suspended = np.append(self._suspended, np.full(fresh, EARLIEST))
        self._reinstated = np.append(self._reinstated, np.full(fresh, EARLIEST))
        rows = log.new.arrow("activity", ["time", "account", "kind"])
        kind = rows.column("kind").cast("string").to_numpy(zero_copy_only=False)
        time = rows.column("time").cast("int64").to_numpy()
        place = self._index.of(rows.column("account").to_numpy())
        self._charged_back[place[kind == "chargeback"]] = True
        for when, name in ((self._suspended, "suspension"), (self._reinstated, "reinstatement")):
            there = kind == name
            np.maximum.at(when, place[there], time[there])
        return self._charged_back | (self._suspended > self._reinstated)
