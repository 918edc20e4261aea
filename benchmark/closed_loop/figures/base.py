"""Base classes of the closed loop's figures: each is one number from the totals."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack, Defence

Unit = Literal["share", "hours", "dollars", "tokens", "ratio", "count"]


class _Named(ABC):
    """What every figure declares.

    ``better`` says which direction is better for the platform; ``short`` is the column header.
    """

    title: ClassVar[str]
    short: ClassVar[str]
    unit: ClassVar[Unit]
    better: ClassVar[Literal["higher", "lower"]]


class AttackFigure(_Named):
    """A figure of one campaign, or of all campaigns together.

    The docstring of a subclass gives formula, unit, range, direction and source.
    """

    @abstractmethod
    def measure(self, attack: Attack) -> float:
        """Compute the figure.

        Raises:
            NotMeasurableError: if the figure is undefined for these totals.
        """


class DefenceFigure(_Named):
    """A figure of the platform.

    The docstring of a subclass gives formula, unit, range, direction and source.
    """

    @abstractmethod
    def measure(self, defence: Defence) -> float:
        """Compute the figure.

        Raises:
            NotMeasurableError: if the figure is undefined for these totals.
        """


Figure = AttackFigure | DefenceFigure
