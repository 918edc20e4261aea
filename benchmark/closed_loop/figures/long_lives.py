"""Accounts that are lost after a week or more."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

LONG = 168.0
"""Hours: the second mode of the reported lifetimes begins here."""


class LongLives(AttackFigure):
    """Share of the suspended accounts of a campaign that lived a week or more.

    ``accounts suspended at least 168 hours after sign-up or takeover / accounts suspended``, 0 to
    1; lower is better. What an account lived before the recording counts. Not measurable if no
    account was suspended.

    Source: reports by operators of relays: aged accounts with a card of
    their own and up to four users last for weeks or months (public issues
    Wei-Shaw/claude-relay-service#94, #587 and #1147, Wei-Shaw/sub2api#3141, July 2025 to June 2026;
    self-reports).
    """

    title: ClassVar[str] = "share of lost accounts that lived a week or more"
    short: ClassVar[str] = "long\nlives"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, attack: Attack) -> float:
        """Compute the figure."""
        if not attack.lives:
            raise NotMeasurableError("no account was suspended")
        return sum(hours >= LONG for hours in attack.lives) / len(attack.lives)
