"""What a pack is: a lesson that can be given as it is."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache

from shamcrowd.benchmark.classroom import packs as folder
from shamcrowd.recording.errors import UsageError


@dataclass(frozen=True)
class Step:
    """A part of the lesson.

    Attributes:
        minutes: how long.
        title: what it is called.
        teacher: what the teacher does, Markdown.
        exercise: the exercise that teams do meanwhile; "": none.
        points: of the exercise.
    """

    minutes: int
    title: str
    teacher: str
    exercise: str = ""
    points: int = 0


@dataclass(frozen=True)
class Pack:
    """A lesson.

    Attributes:
        name: what it is asked for by.
        title: its title.
        about: a sentence.
        scenarios: scenarios that are played if none are named.
        steps: in order.
        findings: points for findings on the team's own log.
        detector: points for a detector, on worlds made after the hand-in.
        race: points for the arms race: as defenders by damage held, as attackers by tokens taken.
    """

    name: str
    title: str
    about: str
    scenarios: tuple[str, ...]
    steps: tuple[Step, ...]
    findings: int = 0
    detector: int = 0
    race: int = 0

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(step.minutes for step in self.steps)

    @property
    def exercises(self) -> dict[str, int]:
        """Points by exercise, in order."""
        return {step.exercise: step.points for step in self.steps if step.exercise}

    @property
    def points(self) -> int:
        """What can be earned."""
        return sum(self.exercises.values()) + self.findings + self.detector + self.race


@cache
def packs() -> dict[str, Pack]:
    """Every pack by name, shortest first.

    >>> list(packs())
    ['first-hour', 'two-hours', 'half-a-day']
    """
    names = [m.name for m in pkgutil.iter_modules(folder.__path__) if m.name != "base"]
    found = [importlib.import_module(f"{folder.__name__}.{name}").PACK for name in names]
    return {pack.name: pack for pack in sorted(found, key=lambda pack: pack.minutes)}


def pack_of(name: str) -> Pack:
    """The pack of a name.

    Raises:
        UsageError: if there is none.
    """
    if name not in packs():
        raise UsageError(f"no pack {name!r}; there are: {', '.join(packs())}")
    return packs()[name]
