"""Wrong bans in the worst segment."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.segments import SMALLEST


class WorstSegmentBans(DefenceFigure):
    """The largest share of honest accounts suspended after an alert in any one segment.

    Segments of fewer than 10 accounts say nothing.

    Source: worst-group error as in Sagawa et al. 2020 (https://arxiv.org/abs/1911.08731).
    """

    title: ClassVar[str] = "legitimate accounts suspended, worst segment"
    short: ClassVar[str] = "worst\nsegment"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, defence: Defence) -> float:
        """One value."""
        large = {s: n for s, n in defence.innocents.items() if n >= SMALLEST}
        if not large:
            raise NotMeasurableError(f"no segment with {SMALLEST} honest accounts")
        return max(defence.banned.get(s, 0) / n for s, n in large.items())
