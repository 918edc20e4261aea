"""Accounts burned."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class AccountsBurned(AttackFigure):
    """Share of the accounts that the campaign ever drove which were suspended after an alert.

    ``accounts suspended / accounts driven``; one that was let in again counts all the same.

    Source: this project.
    """

    title: ClassVar[str] = "accounts burned"
    short: ClassVar[str] = "burned"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def measure(self, attack: Attack) -> float:
        """One value."""
        if not attack.accounts:
            raise NotMeasurableError("it drove no account")
        return attack.burned / attack.accounts
