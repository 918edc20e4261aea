"""When each entity first appears in the log, by id; collected as rows are made."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.core.radix import stable_order

_NOTHING = -1


class FirstSeen:
    """First-seen times of one kind of entity."""

    def __init__(self) -> None:
        self._ids: list[npt.NDArray[np.int32]] = []
        self._times: list[npt.NDArray[np.int64]] = []
        self._reported = 0
        self._found: tuple[tuple[int, int], tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]]
        self._found = (-1, 0), (np.empty(0, np.int32), np.empty(0, np.int64))
        """The last result of `first`, and the arguments and state that it was computed for."""

    def fresh(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Ids and times (ms) noted since the last call, in the order noted."""
        ids, times = self._ids[self._reported :], self._times[self._reported :]
        self._reported = len(self._ids)
        return np.concatenate([np.empty(0, np.int32), *ids]), np.concatenate(
            [np.empty(0, np.int64), *times]
        )

    def note(self, ids: npt.NDArray[np.int32], times: Millis) -> None:
        """Note uses: ids and times (ms), both of shape (n,). Id -1 means none and is ignored."""
        real = ids != _NOTHING
        self._ids.append(ids[real])
        self._times.append(times[real])

    def first(self, before: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Ids that were first used before a moment (ms), ascending, and when.

        >>> seen = FirstSeen()
        >>> seen.note(np.array([4, -1, 4], np.int32), np.array([8, 1, 6]))
        >>> [a.tolist() for a in seen.first(100)]
        [[4], [6]]
        """
        question = len(self._ids), before
        if self._found[0] == question:
            return self._found[1]
        ids = np.concatenate([np.empty(0, np.int32), *self._ids])
        times = np.concatenate([np.empty(0, np.int64), *self._times])
        order = stable_order(ids)
        ids, times = ids.take(order), times.take(order)
        new = np.flatnonzero(np.diff(ids, prepend=_NOTHING))
        if len(new):
            ids, times = ids.take(new), np.minimum.reduceat(times, new)
        self._found = question, (ids[times < before], times[times < before])
        return self._found[1]
