"""Tokens after last contact."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class TokensAfterContact(AttackFigure):
    """Share of the tokens that the campaign took after the last response to it.

    ``tokens after its last challenge, throttle or suspension after an alert / tokens taken``, from
    0 to 1; lower is better for the platform. It is large if the campaign has escaped the detector,
    and 0 if no response ever reached the campaign. Not measurable if no token was taken.

    Source: this project.
    """

    title: ClassVar[str] = "tokens after last contact"
    short: ClassVar[str] = "after\ncontact"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, attack: Attack) -> float:
        """Compute the figure."""
        if not attack.tokens:
            raise NotMeasurableError("nothing was taken")
        return attack.tokens_after / attack.tokens
