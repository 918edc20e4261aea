"""Tokens before first contact."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class TokensBeforeContact(AttackFigure):
    """Share of the tokens that the campaign took before the first response to it.

    ``tokens before its first challenge, throttle or suspension after an alert / tokens taken``.
    From 0 to 1; lower is better for the platform. It is 1 if no response ever reached the campaign.
    Not measurable if no token was taken.

    Source: this project; hours to days pass until a campaign is noticed (threat model section 5).
    """

    title: ClassVar[str] = "tokens before first contact"
    short: ClassVar[str] = "before\ncontact"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, attack: Attack) -> float:
        """Compute the figure."""
        if not attack.tokens:
            raise NotMeasurableError("nothing was taken")
        return attack.tokens_before / attack.tokens
