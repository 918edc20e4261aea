"""The usual engine: processes on this machine."""

from __future__ import annotations

import os
from collections.abc import Sequence

from shamcrowd.benchmark.execution.engines.work_unit import (
    Done,
    WorkUnit,
    attempt_at,
    settle,
    task_of,
)
from shamcrowd.benchmark.execution.isolated_process import Outcome, run_isolated

_STOPPED = Outcome(None, InterruptedError("stopped"), 0.0, 0.0)


class LocalEngine:
    """Every unit in a process of its own, ``workers`` at a time (None: one per core)."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or os.cpu_count() or 1

    def run(self, units: Sequence[WorkUnit], done: Done) -> None:
        """Do all of them, in their order as far as workers are free."""
        attempts = [attempt_at(work.path) for work in units]
        tasks = [task_of(work, at) for work, at in zip(units, attempts, strict=True)]

        def ended(number: int, outcome: Outcome) -> None:
            settle(attempts[number], units[number].path, outcome)
            done(number, outcome)

        try:
            run_isolated(tasks, self.workers, ended)
        finally:
            for work, attempt in zip(units, attempts, strict=True):
                settle(attempt, work.path, _STOPPED)
