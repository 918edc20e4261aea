"""Damage held off."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class DamageHeld(AttackFigure):
    """Share of the tokens that the campaign would have taken undefended and did not get.

    ``1 - tokens taken / tokens taken by the same campaign and seed in the open loop``: below 0
    where it took more than it would have. The closed loop's counterpart of the open loop's damage
    prevented, which assumes that the campaign does not respond.

    Source: this project.
    """

    title: ClassVar[str] = "damage held off"
    short: ClassVar[str] = "damage\nheld"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def measure(self, attack: Attack) -> float:
        """One value."""
        if not attack.tokens_undefended:
            raise NotMeasurableError("nothing would have been taken")
        return 1 - attack.tokens / attack.tokens_undefended
