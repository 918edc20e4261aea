"""Hours to replacement."""

from __future__ import annotations

from statistics import median
from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class ReplacementHours(AttackFigure):
    """Median time from the loss of an account to the sign-up that replaces it, in hours.

    Each loss is matched with the first later sign-up that is not matched with an earlier loss (see
    `shamcrowd.benchmark.closed_loop.lags`). Above 0; higher is better for the platform. Losses that
    were never replaced are left out. Not measurable if no account was replaced.

    Source: threat model A4: a relay refills in 0.1 to 3 days.
    """

    title: ClassVar[str] = "hours to replacement"
    short: ClassVar[str] = "hours to\nreplace"
    unit: ClassVar[Unit] = "hours"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def measure(self, attack: Attack) -> float:
        """Compute the figure."""
        if not attack.lags:
            raise NotMeasurableError("no account was replaced")
        return float(median(attack.lags))
