"""Waiting for the next slice, with an error where a plug-in forgets to wait."""

from __future__ import annotations

from collections.abc import Generator
from inspect import GEN_CREATED, getgeneratorstate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import simpy

    from shamcrowd.simulator.core.clock import Clock


class SliceWaits:
    """The waits of one campaign for the next slice.

    A generator that is made and not waited on does nothing: a loop that calls ``next_slice()``
    without ``yield from`` would never end.
    """

    def __init__(self) -> None:
        self._last: Generator[simpy.Event, Any, None] | None = None

    def next(self, clock: Clock, end: int) -> Generator[simpy.Event, Any, None]:
        """Wait until the next slice begins, or until ``end`` (ms).

        Raises:
            RuntimeError: if the wait before this one was never begun.
        """
        if self._last is not None and getgeneratorstate(self._last) == GEN_CREATED:
            raise RuntimeError(
                "write `yield from campaign.next_slice()`: without `yield from` time does not "
                "advance"
            )
        self._last = _wait(clock, end)
        return self._last


def _wait(clock: Clock, end: int) -> Generator[simpy.Event, Any, None]:
    yield clock.slice_begins | clock.wait(max(end - clock.now, 0))
