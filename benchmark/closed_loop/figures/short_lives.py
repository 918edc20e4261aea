"""Accounts that are lost within two days."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

SHORT = 48.0
"""Hours: the first mode of the reported lifetimes ends here."""


class ShortLives(AttackFigure):
    """Share of the suspended accounts of a campaign that lived two days or less.

    ``accounts suspended at most 48 hours after sign-up or takeover / accounts suspended``, 0 to
    1; higher is better. With `long-lives` it says how a pool's lifetimes fall into two modes. Not
    measurable if no account was suspended.

    Source: reports by operators of relays: new, shared and prepaid accounts
    last from two hours to two days (public issues Wei-Shaw/claude-relay-service#94, #587 and #1147,
    Wei-Shaw/sub2api#958, #1306 and #3508, July 2025 to June 2026; self-reports).
    """

    title: ClassVar[str] = "share of lost accounts that lived two days or less"
    short: ClassVar[str] = "short\nlives"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def measure(self, attack: Attack) -> float:
        """Compute the figure."""
        if not attack.lives:
            raise NotMeasurableError("no account was suspended")
        return sum(hours <= SHORT for hours in attack.lives) / len(attack.lives)
