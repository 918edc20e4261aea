"""Dollars earned."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit


class DollarsEarned(AttackFigure):
    """Income of the campaign, for example from resale, in US dollars.

    From 0 up; lower is better for the platform. A campaign that resells at a tenth of the list
    price makes a loss as soon as it spends more than it earns, long before the deterrence ratio
    reaches 1.

    Source: this project.
    """

    title: ClassVar[str] = "dollars earned"
    short: ClassVar[str] = "dollars\nearned"
    unit: ClassVar[Unit] = "dollars"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, attack: Attack) -> float:
        """Compute the figure."""
        return attack.earned
