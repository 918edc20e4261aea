"""Harm of a response in the segment that it hurts most."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.segments import SMALLEST


class WorstSegmentHurt(DefenceFigure):
    """Largest share of legitimate accounts suspended or refused in any one segment.

    ``max over segments of legitimate accounts suspended or refused / legitimate accounts``, from 0
    to 1; lower is better; segments of fewer than 10 accounts are left out. A block of a carrier, an
    office or a campus holds many of one segment. Not measurable if no segment is large enough.

    Source: worst-group error as in Sagawa et al. 2020 (https://arxiv.org/abs/1911.08731).
    """

    title: ClassVar[str] = "legitimate accounts suspended or refused, worst segment"
    short: ClassVar[str] = "worst\nhurt"
    unit: ClassVar[Unit] = "share"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, defence: Defence) -> float:
        """Compute the figure."""
        large = {s: n for s, n in defence.legitimate.items() if n >= SMALLEST}
        if not large:
            raise NotMeasurableError(f"no segment with {SMALLEST} honest accounts")
        return max(defence.hurt.get(s, 0) / n for s, n in large.items())
