"""Tokens taken."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit


class TokensTaken(AttackFigure):
    """Input and output tokens of the campaign's served abusive requests.

    From 0 up; lower is better for the platform.

    Source: this project.
    """

    title: ClassVar[str] = "tokens taken"
    short: ClassVar[str] = "tokens\ntaken"
    unit: ClassVar[Unit] = "tokens"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, attack: Attack) -> float:
        """Compute the figure."""
        return float(attack.tokens)
