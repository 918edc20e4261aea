"""What an exercise is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

from shamcrowd.benchmark.classroom.case import Case


@dataclass(frozen=True)
class Judgement:
    """What an answer is worth.

    Attributes:
        share: of the exercise's points, 0 to 1.
        said: what was found and what was missed, a sentence each.
    """

    share: float
    said: tuple[str, ...]


@dataclass(frozen=True)
class Hint:
    """A hint, and the share of the exercise's points that opening it costs."""

    cost: float
    text: str


class Exercise(ABC):
    """An exercise; each has a file of its own, whose name is its name.

    A learner writes a function ``answer(log)``, or ``answer(log, truth)`` if ``with_truth``. The
    function is tried on the practice log, whose truth the learner has, and checked there. Its
    answer for the team's own log, without truth, is handed in. An exercise ``with_truth`` is
    answered for the practice log alone.
    """

    title: ClassVar[str]
    text: ClassVar[str]
    """What is asked, Markdown."""
    form: ClassVar[str]
    """One of the forms of `shamcrowd.benchmark.classroom.answers`."""
    with_truth: ClassVar[bool] = False
    start: ClassVar[str]
    """Code that the learner begins with; it runs and is not the answer."""
    model: ClassVar[str]
    """A model answer, for the teacher."""
    because: ClassVar[str]
    """What to say about the model answer, Markdown."""
    hints: ClassVar[tuple[Hint, ...]]

    @abstractmethod
    def judge(self, answer: Any, case: Case) -> Judgement:
        """What an answer, as JSON of its form, is worth on a case."""
