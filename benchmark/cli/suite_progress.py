"""Progress of a suite in a terminal: a line for each scenario, and the time left."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from shamcrowd.benchmark.charts.formatting import duration
from shamcrowd.benchmark.cli.console import ConsoleProgress
from shamcrowd.benchmark.cli.tables import WIDTH
from shamcrowd.benchmark.cli.terminal import say
from shamcrowd.benchmark.suites.progress import BenchListener
from shamcrowd.recording.plain_text import printable

if TYPE_CHECKING:
    from shamcrowd.benchmark.suites.result import ScenarioOutcome
    from shamcrowd.benchmark.suites.suite import Suite

VERBS = {
    "simulating": "simulated",
    "features": "computed",
    "fitting": "fitted",
    "detecting": "detected",
    "scoring": "scored",
}


class SuiteProgress(ConsoleProgress, BenchListener):
    """A line on the error stream for each scenario; a progress bar in a terminal."""

    words = 34
    bar = 16

    def __init__(self, quiet: bool) -> None:
        super().__init__(quiet)
        self._total = 0
        self._done = 0
        self._worked = 0.0
        self._busy = 0

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
        shown = f"{self._name}: {name}"
        self._task = self._progress.add_task(printable(shown[: self.words]), total=total or None)

    def note(self, text: str) -> None:
        """Say it."""
        self._say(text)

    def played(self, played: ScenarioOutcome) -> None:
        """One line on the scenario that is done."""
        self._done += 1
        units = sum(played.made.values())
        if units:
            self._worked += played.seconds
            self._busy += 1
        made = ", ".join(f"{n} {VERBS.get(s, s)}" for s, n in played.made.items() if n)
        head = f"{self._done:>2}/{self._total} {played.scenario}: "
        if played.status == "failed":
            self._say(f"{head}failed: {played.error}")
            return
        left = self._total - self._done
        shown = head + (f"{made} in {duration(played.seconds)}" if units else "nothing to do")
        if left and self._busy:
            shown += f"; about {duration(self._worked / self._busy * left)} left"
        self._say(shown)

    def _say(self, text: str) -> None:
        if self._quiet:
            return
        lines = textwrap.wrap(text, WIDTH, subsequent_indent="    ", break_on_hyphens=False)
        for line in lines:
            if self._progress is not None:
                self._progress.console.print(printable(line), highlight=False, markup=False)
            else:
                say(line, err=True)
