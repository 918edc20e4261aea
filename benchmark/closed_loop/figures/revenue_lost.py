"""Revenue lost."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit


class RevenueLost(DefenceFigure):
    """What honest people would have been charged in the open loop and were not, US dollars.

    ``charges in the open loop - charges in the closed loop`` on the same seed, less refunds and
    chargebacks: rows of legitimate accounts are the same in both but for what a response masked.

    Source: this project; 32 % of declined card holders left the merchant (threat model section 5).
    """

    title: ClassVar[str] = "revenue lost"
    short: ClassVar[str] = "revenue\nlost"
    unit: ClassVar[Unit] = "dollars"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, defence: Defence) -> float:
        """One value."""
        return defence.revenue_undefended - defence.revenue
