"""Legitimate accounts that a response hurt."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit


class PeopleHurt(DefenceFigure):
    """Share of legitimate accounts that were suspended, or of which something was refused.

    ``legitimate accounts suspended after an alert, or of which a lever or a rule at sign-up refused
    a request, a sign-up or a charge / legitimate accounts``, from 0 to 1; lower is better. Without
    levers and rules it equals the share of wrong bans.

    Source: this project.
    """

    title: ClassVar[str] = "legitimate accounts suspended or refused"
    short: ClassVar[str] = "people\nhurt"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, defence: Defence) -> float:
        """Compute the figure."""
        return defence.share(defence.hurt)
