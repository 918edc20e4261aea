"""Units of work in this process, one after another: for tests of what is found, not of how.

A process of its own costs a unit a tenth of a second. Detectors are in confined processes as ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from shamcrowd.benchmark.execution.engines.work_unit import Done, WorkUnit, attempt_at, settle
from shamcrowd.benchmark.execution.isolated_process import Outcome


class Here:
    """An engine of one worker, this process."""

    workers = 1

    def run(self, units: Sequence[WorkUnit], done: Done) -> None:
        """Do all of them in their order."""
        for number, work in enumerate(units):
            attempt = attempt_at(work.path)
            attempt.parent.mkdir(parents=True, exist_ok=True)
            outcome = _outcome(work, attempt)
            settle(attempt, work.path, outcome)
            done(number, outcome)


def _outcome(work: WorkUnit, attempt: Path) -> Outcome:
    try:
        return Outcome(work.function(*work.args, folder=attempt), None, 0.0, 0.0)
    except Exception as fault:
        return Outcome(None, fault, 0.0, 0.0)
