"""How long levers keep campaigns away."""

from __future__ import annotations

from statistics import median
from typing import ClassVar, Literal

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class MovedAwayHours(DefenceFigure):
    """Median hours from the beginning of a lever until it refused the last sham account.

    ``median over levers that refused an account of a campaign``, in hours; higher is better. From
    then on nobody came that way: the campaign had moved away, or the lever had ended. Not
    measurable if no lever refused one.

    Source: this project.
    """

    title: ClassVar[str] = "hours until a campaign has moved away from a lever"
    short: ClassVar[str] = "moved\naway"
    unit: ClassVar[Unit] = "hours"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    def measure(self, defence: Defence) -> float:
        """Compute the figure."""
        if not defence.moved_away:
            raise NotMeasurableError("no lever refused an account of a campaign")
        return float(median(defence.moved_away))
