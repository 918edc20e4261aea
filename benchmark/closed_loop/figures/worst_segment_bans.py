"""Wrong bans in the worst segment."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit


class WorstSegmentBans(DefenceFigure):
    """Largest share of legitimate accounts suspended after an alert in any one segment.

    ``max over segments of legitimate accounts suspended / legitimate accounts``, from 0 to 1; lower
    is better. Segments of fewer than 10 accounts are left out. Not measurable if no segment is
    large enough.

    Source: worst-group error as in Sagawa et al. 2020 (https://arxiv.org/abs/1911.08731).
    """

    title: ClassVar[str] = "legitimate accounts suspended, worst segment"
    short: ClassVar[str] = "worst\nsegment"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, defence: Defence) -> float:
        """Compute the figure."""
        return defence.largest_share(defence.banned)
