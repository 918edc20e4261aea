"""Simulated time of one run: its start, its end, its slices, and SimPy's environment."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from shamcrowd.recording.units import MS_PER_DAY


class Clock:
    """The clock that everything in a run reads.

    All times are whole milliseconds since 1970-01-01 UTC. SimPy's own clock, ``env.now``, counts
    milliseconds from ``start``; code outside this class uses `now`.

    Attributes:
        env: the SimPy environment that runs all processes.
        start: first moment of the recording.
        end: first moment after the recording.
        slice_ms: length of a slice. Decisions take effect between slices.
        slice_begins: event that fires when the next slice begins. Its value is that slice's number.

    >>> clock = Clock(start=0, end=3 * MS_PER_DAY, slice_ms=MS_PER_DAY // 4)
    >>> clock.now, clock.days, clock.day_bounds(1) == (MS_PER_DAY, 2 * MS_PER_DAY)
    (0, 3, True)
    """

    def __init__(self, start: int, end: int, slice_ms: int) -> None:
        self.env = simpy.Environment()
        self.start = start
        self.end = end
        self.slice_ms = slice_ms
        self.slice_begins = self.env.event()

    @property
    def now(self) -> int:
        """The present moment."""
        return self.start + int(self.env.now)

    @property
    def days(self) -> int:
        """Number of days from start to end; a part of a day counts as one."""
        return -(-(self.end - self.start) // MS_PER_DAY)

    def day_bounds(self, day: int) -> tuple[int, int]:
        """First moment of a day, counted from 0, and of the next."""
        begin = self.start + day * MS_PER_DAY
        return begin, begin + MS_PER_DAY

    def begin_slice(self, number: int) -> None:
        """Fire `slice_begins` for slice ``number`` and prepare the event of the next slice."""
        begun, self.slice_begins = self.slice_begins, self.env.event()
        begun.succeed(number)

    def wait(self, duration: float) -> simpy.Timeout:
        """An event that fires after ``duration`` ms (0 or more); a process yields it."""
        return self.env.timeout(duration)

    def start_process(self, process: Generator[simpy.Event, Any, None]) -> simpy.Process:
        """Run a generator as a SimPy process, from the present moment on."""
        return self.env.process(process)
