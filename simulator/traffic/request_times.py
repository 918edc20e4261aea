"""When requests are sent: a turn follows the answer before it, after reading and thinking."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.core.streams import sixteen
from shamcrowd.simulator.traffic.profile_tables import SLOTS, ProfileTables
from shamcrowd.simulator.traffic.sessions import Sessions

_SLOT = SLOTS - 1
Floats = npt.NDArray[np.float32]


class RequestTimes:
    """Times of requests by the gaps and pauses of usage profiles."""

    def __init__(self, tables: ProfileTables) -> None:
        self._gaps = len(tables.gap)
        self._pace = np.concatenate([tables.gap, tables.pause])
        self._reading = tables.reading

    def __call__(
        self,
        sessions: Sessions,
        of: npt.NDArray[np.int64],
        first: npt.NDArray[np.int64],
        opens: npt.NDArray[np.intp],
        row: npt.NDArray[np.int32],
        pace: npt.NDArray[np.uint64],
        duration: Floats,
        outputs: Floats,
    ) -> Millis:
        """Times at which requests are sent, ms, if none of them fails.

        Args:
            sessions: k sessions.
            of: shape (n,), session of each request.
            first: shape (k,), index of each session's first request.
            opens: shape (m,), index of each conversation's first request.
            row: shape (n,), beginning of each request's row in the tables.
            pace: shape (n,), random bits, of which 16 to 27 are used.
            duration: shape (n,), time until each answer is complete, ms.
            outputs: shape (n,), tokens of each answer.
        """
        slot = row + (sixteen(pace, 1) & np.uint16(_SLOT))
        slot[opens] += np.int32(self._gaps)
        gap = self._pace.take(slot)
        gap *= sessions.tempo.take(of)
        answered = duration
        reading = self._reading.take(sessions.profile)
        if reading.any():
            answered = reading.take(of)
            answered *= outputs
            answered += duration
        # A new conversation does not wait for the answer of the one before.
        waited = gap[1:] + answered[:-1]
        waited[opens[1:] - 1] = gap[opens[1:]]
        gap[1:] = waited
        gap[first] = 0
        elapsed = np.cumsum(gap, dtype=np.float64)
        elapsed += (sessions.start - elapsed.take(first)).take(of)
        return elapsed.astype(np.int64)
