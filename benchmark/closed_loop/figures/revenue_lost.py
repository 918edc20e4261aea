"""Revenue lost."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit


class RevenueLost(DefenceFigure):
    """Revenue from legitimate accounts that the defence costs the platform, in US dollars.

    ``revenue in the open loop - revenue in the closed loop`` on the same seed, where revenue is
    charges less refunds and chargebacks. Lower is better. Rows of legitimate accounts are the same
    in both loops except for those that a response removed.

    Source: this project; 32 % of declined card holders left the merchant (threat model section 5).
    """

    title: ClassVar[str] = "revenue lost"
    short: ClassVar[str] = "revenue\nlost"
    unit: ClassVar[Unit] = "dollars"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, defence: Defence) -> float:
        """Compute the figure."""
        return defence.revenue_undefended - defence.revenue
