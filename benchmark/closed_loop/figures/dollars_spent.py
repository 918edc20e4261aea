"""Dollars spent."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit


class DollarsSpent(AttackFigure):
    """Payments of the campaign for its supply and to the platform, in US dollars.

    From 0 up; higher is better for the platform.

    Source: this project.
    """

    title: ClassVar[str] = "dollars spent"
    short: ClassVar[str] = "dollars\nspent"
    unit: ClassVar[Unit] = "dollars"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def measure(self, attack: Attack) -> float:
        """Compute the figure."""
        return attack.spent
