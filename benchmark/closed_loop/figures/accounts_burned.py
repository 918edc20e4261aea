"""Accounts burned."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class AccountsBurned(AttackFigure):
    """Share of the campaign's accounts that were suspended after an alert.

    ``accounts suspended / accounts controlled``, from 0 to 1; higher is better for the platform.
    An account that was reinstated later still counts as suspended. Not measurable for a campaign
    that never controlled an account.

    Source: this project.
    """

    title: ClassVar[str] = "accounts burned"
    short: ClassVar[str] = "burned"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def measure(self, attack: Attack) -> float:
        """Compute the figure."""
        if not attack.accounts:
            raise NotMeasurableError("it drove no account")
        return attack.burned / attack.accounts
