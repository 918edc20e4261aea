"""One unit of work: it makes a folder, and a folder made by half is never taken for whole.

Every attempt at a unit writes into a folder of its own beside the unit's place and is moved there
when it is done. So two who make the same thing at once, or one who was given up for dead and is
not, cannot write into each other's files.
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
    """``function(*args, folder=...)`` makes ``place``, in at most ``limit`` seconds.

    What it writes goes into the folder that it is given, or into the one of that name and
    ``.partial``.
    """

    name: str
    function: Callable[..., Any]
    args: tuple[Any, ...]
    place: Path
    limit: float | None = None


class UnitFailedError(ShamcrowdError):
    """A unit that had to be made was not: it died, ran out of time or memory, or was cut off."""

    exit_code = 3


def failure_of(name: str, error: Exception) -> Exception:
    """What to raise for a unit that ended in ``error``: faults of ours keep their traceback."""
    if isinstance(error, LostError | MemoryError | OSError):
        return UnitFailedError(f"{name}: {type(error).__name__.removesuffix('Error')}: {error}")
    return error


Done = Callable[[int, Outcome], None]
"""Told the number of a unit that has ended and what came of it; its place is made by then."""


class Engine(Protocol):
    """Does units of work, several at a time, each in a process of its own."""

    workers: int
    """How many units at a time."""

    def run(self, units: Sequence[WorkUnit], done: Done) -> None:
        """Do all of them. One that fails takes no other down; ``done`` is told of each."""
        ...


def attempt_at(place: Path) -> Path:
    """A folder for one attempt, beside the place where it is to go."""
    return place.with_name(f"{place.name}.{uuid4().hex[:12]}{ATTEMPT}")


def task_of(work: WorkUnit, attempt: Path) -> Task:
    """The piece of work for a process apart."""
    return Task(work.name, _made, (work.function, work.args, attempt), work.limit)


def _made(function: Callable[..., Any], args: tuple[Any, ...], attempt: Path) -> Any:
    attempt.parent.mkdir(parents=True, exist_ok=True)
    return function(*args, folder=attempt)


def settle(attempt: Path, place: Path, outcome: Outcome) -> None:
    """Move what a successful attempt made to its place; throw away what another left."""
    partial = partial_path(attempt)
    if outcome.error is None:
        if partial.exists():
            partial.replace(attempt)
        remove(place)
        attempt.replace(place)
    remove(partial)
    remove(attempt)


def remove_leftovers(folder: Path) -> None:
    """Remove what attempts left below ``folder`` when whoever made them was killed."""
    for pattern in (f"*{ATTEMPT}", f"*{PARTIAL}"):
        for level in ("", "*/", "*/*/"):
            for path in folder.glob(level + pattern):
                remove(path)
