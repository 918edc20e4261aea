"""Runs each piece of work in a process of its own: a crash or a hang takes down nothing else."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

import cloudpickle

from shamcrowd.benchmark.execution.host import (
    cpu_seconds,
    end_process,
    ignore_interrupts,
    lead_process_group,
    peak_memory_mib,
    was_killed,
)
from shamcrowd.simulator.core.process_start import preload, process_context, starting

PRELOAD = [
    "shamcrowd.benchmark.execution.one_thread",
    "numpy",
    "pandas",
    "pyarrow.parquet",
    "scipy.sparse.csgraph",
    "shamcrowd.recording.view",
    "shamcrowd.benchmark.evaluation.replay",
    "shamcrowd.simulator.simulation",
]
DETECTOR_LIBRARIES = [
    "scipy.stats", "lightgbm", "sklearn.ensemble", "pyod.models.ecod", "numba", "river.anomaly",
    "sknetwork.clustering",
]  # fmt: skip
"""What many detectors import, a second or two of each unit's time. Where there are many units they
find it loaded; the resident set of each holds it then."""
JOIN_SECONDS = 2.0
"""Seconds that a process has to end after its last word."""
KNOWN_MODULES = ("builtins", "shamcrowd")


@dataclass(frozen=True)
class Task:
    """``function(*args)``, in at most ``limit`` seconds (None: as long as it takes)."""

    name: str
    function: Callable[..., Any]
    args: tuple[Any, ...]
    limit: float | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a task: ``value``, or ``error`` if it is not None.

    ``seconds`` is CPU time of the process and ``peak_mib`` its largest resident set.
    """

    value: Any
    error: Exception | None
    seconds: float
    peak_mib: float


class LostError(Exception):
    """The work did not come back."""


class TimeLimitError(LostError):
    """The work took longer than it may."""


class ForeignError(Exception):
    """An exception of a class that only the child knows; holds its name and message."""


class ProcessDiedError(LostError):
    """The process ended without a word: killed, out of memory, or a fault in native code."""


@dataclass
class _Running:
    number: int
    process: Any
    results: Connection
    until: float | None


def preload_detector_libraries() -> None:
    """Have every process find loaded what many detectors import, if none was started yet.

    Loading begins now, beside what the caller does before its first unit.
    """
    PRELOAD.extend(name for name in DETECTOR_LIBRARIES if name not in PRELOAD)
    preload(PRELOAD, start=True)


def run_isolated(
    tasks: Sequence[Task],
    workers: int,
    done: Callable[[int, Outcome], None] = lambda number, outcome: None,
) -> list[Outcome]:
    """Run tasks, ``workers`` at a time, each in a fresh process; outcomes in the order of tasks.

    ``done`` is called with a task's number as soon as it ends. An exception in a task is its
    outcome, never raised here. When interrupted, all children are ended first.
    """
    outcomes: list[Outcome | None] = [None] * len(tasks)
    waiting = list(enumerate(tasks))[::-1]
    running: list[_Running] = []
    preload(PRELOAD)
    try:
        while waiting or running:
            while waiting and len(running) < max(workers, 1):
                _start(*waiting.pop(), running)
            now = time.monotonic()
            limits = [r.until - now for r in running if r.until is not None]
            wait([r.results for r in running], max(min(limits), 0.0) if limits else None)
            for child in list(running):
                outcome = _ended(child, tasks[child.number])
                if outcome is not None:
                    running.remove(child)
                    outcomes[child.number] = outcome
                    done(child.number, outcome)
    finally:
        for child in running:
            end_process(child.process)
    return [outcome for outcome in outcomes if outcome is not None]


def _start(number: int, task: Task, running: list[_Running]) -> None:
    mine, theirs = process_context().Pipe(duplex=False)
    # By value, so that a class typed into a notebook gets there too.
    work = cloudpickle.dumps((task.function, task.args))
    process = process_context().Process(target=_child, args=(theirs, work), name=task.name)
    with starting():
        process.start()
        # From here on: the first start waits for the fork server to load.
        until = None if task.limit is None else time.monotonic() + task.limit
        running.append(_Running(number, process, mine, until))
    theirs.close()


def _ended(child: _Running, task: Task) -> Outcome | None:
    if child.results.poll():
        try:
            outcome: Outcome = cloudpickle.loads(child.results.recv_bytes())
        except EOFError:
            child.process.join(JOIN_SECONDS)
            code = child.process.exitcode
            why = "; it was killed, perhaps because memory ran out" if was_killed(code) else ""
            died = ProcessDiedError(f"its process ended with code {code}{why}")
            outcome = Outcome(None, died, 0.0, 0.0)
        # A thread that the work left behind would keep the process for ever.
        child.process.join(JOIN_SECONDS)
        end_process(child.process)
        child.results.close()
        return outcome
    if child.until is not None and time.monotonic() >= child.until:
        end_process(child.process)
        child.results.close()
        late = TimeLimitError(f"still at work after {task.limit:g} s, the time limit")
        return Outcome(None, late, 0.0, 0.0)
    return None


def _child(results: Connection, work: bytes) -> None:
    lead_process_group()
    ignore_interrupts()
    value, error = None, None
    try:
        function, args = cloudpickle.loads(work)
        value = function(*args)
    except Exception as fault:
        error = fault
    seconds = cpu_seconds()
    outcome = Outcome(value, picklable_error(error), seconds, peak_memory_mib(children=True))
    try:
        message = cloudpickle.dumps(outcome)
    except Exception as fault:
        plain = ProcessDiedError(f"{type(error or value).__name__}: {error or value} ({fault})")
        message = cloudpickle.dumps(Outcome(None, plain, seconds, outcome.peak_mib))
    # Nobody listens any more if the parent was interrupted.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        results.send_bytes(message)
    results.close()


def picklable_error(error: Exception | None) -> Exception | None:
    """An exception that the caller can load: it may not know the module of a stranger's."""
    if error is None or type(error).__module__.split(".")[0] in KNOWN_MODULES:
        return error
    return ForeignError(f"{type(error).__name__}: {error}")
