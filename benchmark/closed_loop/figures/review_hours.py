"""Staff hours."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit


class ReviewHours(DefenceFigure):
    """Staff time spent on alerts and appeals, in hours per day.

    ``staff minutes / 60 / days of the recording``, from 0 up; lower is better. The response policy
    sets the minutes per reviewed alert and per appeal.

    Source: this project.
    """

    title: ClassVar[str] = "staff hours a day"
    short: ClassVar[str] = "staff\nh/day"
    unit: ClassVar[Unit] = "hours"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, defence: Defence) -> float:
        """Compute the figure."""
        return defence.minutes / 60 / defence.days
