"""Dollars spent."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit


class DollarsSpent(AttackFigure):
    """What the campaign paid for its supply and to the platform, US dollars.

    Source: this project.
    """

    title: ClassVar[str] = "dollars spent"
    short: ClassVar[str] = "dollars\nspent"
    unit: ClassVar[Unit] = "dollars"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def measure(self, attack: Attack) -> float:
        """One value."""
        return attack.spent
