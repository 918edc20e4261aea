"""What a figure of the closed loop is: one number from a ledger."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack, Defence

Unit = Literal["share", "hours", "dollars", "tokens", "ratio", "count"]


class _Named(ABC):
    """``better`` is said from the platform's side; ``short`` is the head of a column."""

    title: ClassVar[str]
    short: ClassVar[str]
    unit: ClassVar[Unit]
    better: ClassVar[Literal["higher", "lower"]]


class AttackFigure(_Named):
    """A figure of one campaign, or of all together. Its docstring gives formula and source."""

    @abstractmethod
    def measure(self, attack: Attack) -> float:
        """Measure.

        Raises:
            NotMeasurableError: if there is nothing to measure.
        """


class DefenceFigure(_Named):
    """A figure of the platform. Its docstring gives formula and source."""

    @abstractmethod
    def measure(self, defence: Defence) -> float:
        """Measure.

        Raises:
            NotMeasurableError: if there is nothing to measure.
        """


Figure = AttackFigure | DefenceFigure
