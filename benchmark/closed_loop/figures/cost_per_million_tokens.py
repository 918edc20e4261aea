"""Cost per million tokens."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class CostPerMillionTokens(AttackFigure):
    """Cost of a million stolen tokens to the campaign, in US dollars.

    ``1,000,000 * dollars spent / tokens taken``, from 0 up; higher is better for the platform. Not
    measurable if no token was taken. `DeterrenceRatio` compares the same cost with the list price.

    Source: this project.
    """

    title: ClassVar[str] = "cost per million tokens"
    short: ClassVar[str] = "$ per\nmillion"
    unit: ClassVar[Unit] = "dollars"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def measure(self, attack: Attack) -> float:
        """Compute the figure."""
        if not attack.tokens:
            raise NotMeasurableError("nothing was taken")
        return 1e6 * attack.spent / attack.tokens
