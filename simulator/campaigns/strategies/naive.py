"""Does nothing about losses beyond what its tactic does.

Some tactics replace what they lose, come back in waves or change their equipment day by day (threat
model A1, A4, A6, A12); the others shrink. The cause of losses is not considered.
"""

from __future__ import annotations

from typing import ClassVar

from shamcrowd.simulator.campaigns.strategies.base import Strategy
from shamcrowd.simulator.traffic.slice_messages import Loss


class Naive(Strategy):
    """Does only what its tactic does anyway (the default)."""

    adaptive: ClassVar[bool] = False

    def answer(self, losses: list[Loss]) -> None:
        """Do nothing."""
