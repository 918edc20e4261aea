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

    def gaps(
        self,
        sessions: Sessions,
        of: npt.NDArray[np.int64],
        first: npt.NDArray[np.int64],
        opens: npt.NDArray[np.intp],
        row: npt.NDArray[np.int32],
        pace: npt.NDArray[np.uint64],
        outputs: Floats,
    ) -> Floats:
        """Time from the answer to the next turn, or from a request to the next conversation, ms.

        Args:
            sessions: k sessions.
            of: shape (n,), session of each request.
            first: shape (k,), index of each session's first request.
            opens: shape (m,), index of each conversation's first request.
            row: shape (n,), beginning of each request's row in the tables.
            pace: shape (n,), random bits, of which 16 to 27 are used.
            outputs: shape (n,), tokens of each answer.

        Returns:
            Shape (n,); 0 for the first request of a session.
        """
        slot = row + (sixteen(pace, 1) & np.uint16(_SLOT))
        slot[opens] += np.int32(self._gaps)
        gap = self._pace.take(slot)
        gap *= sessions.tempo.take(of)
        reading = self._reading.take(sessions.profile)
        if reading.any():
            read = reading.take(of)
            read *= outputs
            # A new conversation does not wait for the answer of the one before.
            paused = gap.take(opens)
            gap[1:] += read[:-1]
            gap[opens] = paused
        gap[first] = 0
        return gap

    def rough(
        self,
        sessions: Sessions,
        of: npt.NDArray[np.int64],
        first: npt.NDArray[np.int64],
        gap: Floats,
    ) -> npt.NDArray[np.float64]:
        """About when requests are sent, ms, as if answers took no time; see `gaps`."""
        elapsed = np.cumsum(gap, dtype=np.float64)
        elapsed += (sessions.start - elapsed.take(first)).take(of)
        return elapsed

    def __call__(
        self,
        sessions: Sessions,
        of: npt.NDArray[np.int64],
        first: npt.NDArray[np.int64],
        opens: npt.NDArray[np.intp],
        gap: Floats,
        duration: Floats,
    ) -> Millis:
        """Times at which requests are sent, ms, if none of them fails.

        Args:
            sessions: k sessions.
            of: shape (n,), session of each request.
            first: shape (k,), index of each session's first request.
            opens: shape (m,), index of each conversation's first request.
            gap: shape (n,), see `gaps`; changed in place.
            duration: shape (n,), time until each answer is complete, ms.
        """
        paused = gap.take(opens)
        gap[1:] += duration[:-1]
        gap[opens] = paused
        return self.rough(sessions, of, first, gap).astype(np.int64)
