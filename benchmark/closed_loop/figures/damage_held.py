"""Damage held off."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class DamageHeld(AttackFigure):
    """Share of the tokens taken in the open loop that the campaign did not get in the closed loop.

    ``1 - tokens taken / tokens taken by the same campaign and seed in the open loop``. At most 1,
    and below 0 if the campaign took more than in the open loop; higher is better for the platform.
    It is the closed loop's counterpart of damage prevented in the open loop, which assumes that
    the campaign does not respond. Not measurable if the open loop has no tokens taken.

    Source: this project.
    """

    title: ClassVar[str] = "damage held off"
    short: ClassVar[str] = "damage\nheld"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def measure(self, attack: Attack) -> float:
        """Compute the figure."""
        if not attack.tokens_undefended:
            raise NotMeasurableError("nothing would have been taken")
        return 1 - attack.tokens / attack.tokens_undefended
