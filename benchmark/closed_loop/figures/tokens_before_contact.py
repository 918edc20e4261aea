"""Tokens before first contact."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class TokensBeforeContact(AttackFigure):
    """Share of the tokens taken that was taken before any response hit the campaign.

    ``tokens before its first challenge, throttle or suspension after an alert / tokens taken``; 1
    where no response ever did.

    Source: this project; hours to days pass until a campaign is noticed (threat model section 5).
    """

    title: ClassVar[str] = "tokens before first contact"
    short: ClassVar[str] = "before\ncontact"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, attack: Attack) -> float:
        """One value."""
        if not attack.tokens:
            raise NotMeasurableError("nothing was taken")
        return attack.tokens_before / attack.tokens
