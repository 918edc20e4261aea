"""How many people are on a key: addresses, clients and sessions that use it within an hour."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from shamcrowd.detectors.features.index import AccountIndex, begins
from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.recording.view import LogView

COUNTED = ("address", "client", "session")
"""Columns whose different values are counted; a session is one rhythm of requests."""
Rows = npt.NDArray[np.int64]


class KeyHours:
    """Different addresses, clients and sessions of each key in each clock hour.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = LogView(sample_log(), sample_log().start + 86_400_000)
    >>> index, hours = AccountIndex(), KeyHours()
    >>> _ = index.update(log)
    >>> place, counts = hours.update(log, index)
    >>> len(place) == counts.shape[1], counts.shape[0], bool((counts >= 1).all())
    (True, 3, True)
    """

    def __init__(self) -> None:
        self._open: Rows = np.empty((3 + len(COUNTED), 0), np.int64)
        """Rows of the hour that the last review fell into."""

    def update(self, log: LogView, index: AccountIndex) -> tuple[Rows, Rows]:
        """Count the new rows, and those of an hour that was not over at the review before.

        Args:
            log: the view.
            index: its accounts.

        Returns:
            For each key and hour the position of the account, shape (n,), and how many different
            values of each of `COUNTED` there were, shape (3, n), at least 1. Requests without a
            key count as those of one key of the account; values that are not recorded as one.
        """
        found = log.new.arrow("requests", ["time", "account", "key", *COUNTED])
        place = index.of(found["account"].to_numpy()).astype(np.int64)
        hour = found["time"].cast("int64").to_numpy() // MS_PER_HOUR
        values = [pc.fill_null(found[name], -1).to_numpy() for name in ("key", *COUNTED)]
        rows = np.concatenate([self._open, np.stack([hour, place, *values])], axis=1)
        self._open = rows[:, rows[0] == log.now // MS_PER_HOUR]
        if not rows.shape[1]:
            return np.empty(0, np.int64), np.empty((len(COUNTED), 0), np.int64)
        group, first = _groups(rows[:3])
        many = int(group.max()) + 1
        counts = [np.bincount(_different(group, each), minlength=many) for each in rows[3:]]
        return rows[1, first], np.stack(counts).astype(np.int64)


def _groups(columns: Rows) -> tuple[Rows, Rows]:
    """Number of each row's group (equal columns), and a row of each group."""
    order = np.lexsort(columns)
    new = np.zeros(columns.shape[1], np.bool_)
    for column in columns:
        new |= begins(column[order])
    group = np.empty(columns.shape[1], np.int64)
    group[order] = np.cumsum(new) - 1
    return group, order[new]


def _different(group: Rows, values: Rows) -> Rows:
    """The group of each different pair of group and value; values not recorded are one."""
    order = np.lexsort((values, group))
    of, value = group[order], values[order]
    found: Rows = of[begins(of) | begins(value)]
    return found
