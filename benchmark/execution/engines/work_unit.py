"""One unit of work makes one folder, and an incomplete folder is never mistaken for a complete one.

Every attempt at a unit writes into a folder of its own next to the final one, and is renamed when
it is complete. So two processes that make the same folder, or one that was given up as dead and is
still running, cannot write into each other's files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from shamcrowd.benchmark.execution.isolated_process import LostError, Outcome, Task
from shamcrowd.recording.atomic import PARTIAL, partial_path, remove
from shamcrowd.recording.errors import ShamcrowdError

ATTEMPT = ".attempt"


@dataclass(frozen=True)
class WorkUnit:
    """``function(*args, folder=...)`` makes ``path``, in at most ``limit`` seconds.

    What it writes goes into the folder that it is given, or into the one of that name and
    ``.partial``.
    """

    name: str
    function: Callable[..., Any]
    args: tuple[Any, ...]
    path: Path
    limit: float | None = None


class UnitFailedError(ShamcrowdError):
    """A required unit failed: it died, exceeded its time or memory limit, or was interrupted."""

    exit_code = 3


def failure_of(name: str, error: Exception) -> Exception:
    """The exception to raise for a unit that ended in ``error``."""
    if isinstance(error, LostError | MemoryError | OSError):
        return UnitFailedError(f"{name}: {type(error).__name__.removesuffix('Error')}: {error}")
    return error


Done = Callable[[int, Outcome], None]
"""Called with the number of a finished unit and its outcome; its folder is complete by then."""


class Engine(Protocol):
    """Runs units of work, several at a time, each in a process of its own."""

    workers: int
    """How many units at a time."""

    def run(self, units: Sequence[WorkUnit], done: Done) -> None:
        """Run all units. A failure does not affect the others; ``done`` is called for each."""
        ...


def attempt_at(path: Path) -> Path:
    """A folder for one attempt, next to its final path."""
    return path.with_name(f"{path.name}.{uuid4().hex[:12]}{ATTEMPT}")


def task_of(work: WorkUnit, attempt: Path) -> Task:
    """The unit as a task for an isolated process."""
    return Task(work.name, _made, (work.function, work.args, attempt), work.limit)


def _made(function: Callable[..., Any], args: tuple[Any, ...], attempt: Path) -> Any:
    attempt.parent.mkdir(parents=True, exist_ok=True)
    return function(*args, folder=attempt)


def settle(attempt: Path, path: Path, outcome: Outcome) -> None:
    """Move the result of a successful attempt to its final path; delete that of a failed one."""
    partial = partial_path(attempt)
    if outcome.error is None:
        if partial.exists():
            partial.replace(attempt)
        remove(path)
        attempt.replace(path)
    remove(partial)
    remove(attempt)


def remove_leftovers(folder: Path) -> None:
    """Remove leftovers of killed attempts below ``folder``."""
    for pattern in (f"*{ATTEMPT}", f"*{PARTIAL}"):
        for level in ("", "*/", "*/*/"):
            for path in folder.glob(level + pattern):
                remove(path)
