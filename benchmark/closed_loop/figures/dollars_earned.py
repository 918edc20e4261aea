"""Dollars earned."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit


class DollarsEarned(AttackFigure):
    """What the campaign earned by resale and the like, US dollars.

    A thief who resells at a tenth of the list price stops long before the deterrence ratio is 1: as
    soon as he spends more than he earns.

    Source: this project.
    """

    title: ClassVar[str] = "dollars earned"
    short: ClassVar[str] = "dollars\nearned"
    unit: ClassVar[Unit] = "dollars"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, attack: Attack) -> float:
        """One value."""
        return attack.earned
