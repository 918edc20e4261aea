"""Tokens after last contact."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class TokensAfterContact(AttackFigure):
    """Share of the tokens taken that was taken after the last response that hit the campaign.

    ``tokens after its last challenge, throttle or suspension after an alert / tokens taken``: large
    where it has shaken the detector off. 0 where no response ever hit it.

    Source: this project.
    """

    title: ClassVar[str] = "tokens after last contact"
    short: ClassVar[str] = "after\ncontact"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, attack: Attack) -> float:
        """One value."""
        if not attack.tokens:
            raise NotMeasurableError("nothing was taken")
        return attack.tokens_after / attack.tokens
