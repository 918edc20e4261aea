"""Staff hours."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit


class ReviewHours(DefenceFigure):
    """Hours a day that people spend on alerts and appeals.

    ``staff minutes / 60 / days played``.

    Source: this project; the minutes of a look and of an appeal are the policy's.
    """

    title: ClassVar[str] = "staff hours a day"
    short: ClassVar[str] = "staff\nh/day"
    unit: ClassVar[Unit] = "hours"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, defence: Defence) -> float:
        """One value."""
        return defence.minutes / 60 / defence.days
