"""How a suite gets on, in a terminal: a line for each scenario, and the time left."""

from __future__ import annotations

import sys
import textwrap
from types import TracebackType
from typing import TYPE_CHECKING

import click

from benchmark.bench.progress import BenchListener

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from benchmark.bench.result import Played
    from benchmark.suites import Suite

WIDTH = 80
VERBS = {
    "simulating": "simulated",
    "features": "summed up",
    "detecting": "detected",
    "scoring": "scored",
}


def span(seconds: float) -> str:
    """A length of time as people say it.

    >>> span(0.2), span(75), span(7300)
    ('0 s', '1 min 15 s', '2 h 1 min')
    """
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


class SuiteTelling(BenchListener):
    """A line on the error stream for each scenario; a bar where somebody looks."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._total = 0
        self._done = 0
        self._worked = 0.0
        self._busy = 0

    def __enter__(self) -> SuiteTelling:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeElapsedColumn,
            )

            self._progress = Progress(
                TextColumn("{task.description:<34}"), BarColumn(16), MofNCompleteColumn(),
                TimeElapsedColumn(), console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def begins(self, suite: Suite, scenarios: int) -> None:
        """Say what is to be done."""
        self._total = scenarios
        many = "scenario" if scenarios == 1 else "scenarios"
        self._say(
            f"{suite.id}: {scenarios} {many}, {len(suite.seeds)} scored and "
            f"{len(suite.calibration_seeds)} calibration seeds each"
        )

    def scenario(self, number: int, name: str) -> None:
        """Note which one is at work."""
        self._name = name

    def stage(self, name: str, total: int) -> None:
        """A new bar."""
        if self._progress is None:
            return
        if self._task is not None:
            self._progress.remove_task(self._task)
        told = f"{self._name}: {name}"
        self._task = self._progress.add_task(told[:34], total=total or None)

    def step(self) -> None:
        """One unit on."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)

    def note(self, text: str) -> None:
        """Say it."""
        self._say(text)

    def played(self, played: Played) -> None:
        """One line on the scenario that is done."""
        self._done += 1
        units = sum(played.made.values())
        if units:
            self._worked += played.seconds
            self._busy += 1
        made = ", ".join(f"{n} {VERBS.get(s, s)}" for s, n in played.made.items() if n)
        head = f"{self._done:>2}/{self._total} {played.scenario}: "
        if played.status == "failed":
            self._say(head + click.style("failed", fg="red") + f": {played.error}")
            return
        left = self._total - self._done
        told = head + (f"{made} in {span(played.seconds)}" if units else "nothing to do")
        if left and self._busy:
            told += f"; about {span(self._worked / self._busy * left)} left"
        self._say(told)

    def _say(self, text: str) -> None:
        if self._quiet:
            return
        lines = textwrap.wrap(text, WIDTH, subsequent_indent="    ", break_on_hyphens=False)
        for line in lines:
            if self._progress is not None:
                self._progress.console.print(line, highlight=False, markup=False)
            else:
                click.echo(line, err=True)
