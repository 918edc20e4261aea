"""Run each piece of work in a process of its own, so that a crash or hang affects nothing else."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

import cloudpickle

from shamcrowd.benchmark.execution.confinement import server_client
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
    "scipy.special",
    "shamcrowd.recording.view",
    "shamcrowd.benchmark.evaluation.replay",
    "shamcrowd.simulator.simulation",
]
JOIN_SECONDS = 2.0
"""Seconds that a process has to end after it has sent its result."""
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
    """The result of a task: ``value``, or ``error`` if it is not None.

    ``seconds`` is CPU time of the process and ``peak_mib`` its largest resident set.
    """

    value: Any
    error: Exception | None
    seconds: float
    peak_mib: float


class LostError(Exception):
    """The work returned no result."""


class TimeLimitError(LostError):
    """The work exceeded its time limit."""


class ForeignError(Exception):
    """Stands for an exception whose class the parent cannot import; holds its name and message."""


class ProcessDiedError(LostError):
    """The process ended without a result: killed, out of memory, or a fault in native code."""


@dataclass
class _Running:
    number: int
    process: Any
    results: Connection
    until: float | None


def preload_libraries(libraries: Sequence[str]) -> None:
    """Have plug-ins' processes begin with these modules loaded, if none was started yet.

    Loading begins now and goes on while the caller prepares its first unit.
    """
    server_client.server(libraries)
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
            ends = [end for r in running for end in (r.results, r.process.sentinel)]
            wait(ends, max(min(limits), 0.0) if limits else None)
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
    # Pickled by value, so that a class defined in a notebook works too.
    work = cloudpickle.dumps((task.function, task.args))
    # A plug-in's process is started by the same server, in all units of a run.
    inherited = server_client.started()
    process = process_context().Process(
        target=_child, args=(theirs, work, inherited), name=task.name
    )
    with starting():
        process.start()
        # From here on: the first start waits for the fork server to load.
        until = None if task.limit is None else time.monotonic() + task.limit
        running.append(_Running(number, process, mine, until))
    theirs.close()


def _ended(child: _Running, task: Task) -> Outcome | None:
    # One that it has started may hold the pipe open after its end.
    over = bool(wait([child.process.sentinel], 0))
    if child.results.poll() or over:
        try:
            if not child.results.poll():
                raise EOFError
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
        late = TimeLimitError(f"not finished after {task.limit:g} s, the time limit")
        return Outcome(None, late, 0.0, 0.0)
    return None


def _child(results: Connection, work: bytes, inherited: socket.socket | None) -> None:
    lead_process_group()
    ignore_interrupts()
    end_with_parent()
    server_client.inherit(inherited)
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
    # The pipe is closed if the parent was interrupted.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        results.send_bytes(message)
    results.close()


def end_with_parent() -> None:
    """Have this process and its group end when the process that started it has ended.

    A killed parent ends nobody, and would leave its units at work for as long as they take. What
    tells of its end is a pipe that it holds, on every platform.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        if hasattr(os, "killpg"):
            os.killpg(os.getpgrp(), signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def picklable_error(error: Exception | None) -> Exception | None:
    """An exception that the parent can unpickle: it may be unable to import a user's module."""
    if error is None or type(error).__module__.split(".")[0] in KNOWN_MODULES:
        return error
    return ForeignError(f"{type(error).__name__}: {error}")
