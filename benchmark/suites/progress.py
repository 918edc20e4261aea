"""Receives the progress of a suite, and counts the units made for each scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shamcrowd.benchmark.evaluation.listener import Listener

if TYPE_CHECKING:
    from shamcrowd.benchmark.suites.result import ScenarioOutcome
    from shamcrowd.benchmark.suites.suite import Suite


class BenchListener(Listener):
    """Does nothing; the command line has a subclass that shows progress and the time left."""

    def begins(self, suite: Suite, scenarios: int) -> None:
        """A suite of so many scenarios begins."""

    def scenario(self, number: int, name: str) -> None:
        """The scenario with this number, from 0, begins."""

    def played(self, played: ScenarioOutcome) -> None:
        """A scenario is done, or has failed."""


class CountingListener(Listener):
    """Passes progress on, and counts the units that were made."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._stage = ""
        self.made: dict[str, int] = {}

    def stage(self, name: str, total: int) -> None:
        """A stage begins."""
        self._stage = name
        self.made[name] = 0
        self._listener.stage(name, total)

    def step(self) -> None:
        """One more unit is made."""
        self.made[self._stage] += 1
        self._listener.step()
