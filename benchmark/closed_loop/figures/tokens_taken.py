"""Tokens taken."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit


class TokensTaken(AttackFigure):
    """Tokens of the campaign's abusive requests that were served, input and output.

    Source: this project.
    """

    title: ClassVar[str] = "tokens taken"
    short: ClassVar[str] = "tokens\ntaken"
    unit: ClassVar[Unit] = "tokens"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, attack: Attack) -> float:
        """One value."""
        return float(attack.tokens)
