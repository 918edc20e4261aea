"""Hours until a legitimate account is restored."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit
from shamcrowd.benchmark.scoring.metrics.time_to_detect import censored_median
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class RestoreHours(DefenceFigure):
    """Hours from a wrong suspension after an alert to the reinstatement, the median over accounts.

    An account never let in is censored at the end. Median by Kaplan and Meier 1958
    (https://doi.org/10.2307/2281868): not measurable where more than half never were.
    """

    title: ClassVar[str] = "hours until a legitimate account is restored"
    short: ClassVar[str] = "hours to\nrestore"
    unit: ClassVar[Unit] = "hours"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, defence: Defence) -> float:
        """One value."""
        if not defence.restored:
            raise NotMeasurableError("no legitimate account was suspended")
        hours = np.array([r.hours for r in defence.restored])
        median = censored_median(hours, np.array([not r.never for r in defence.restored]))
        if median is None:
            raise NotMeasurableError("over half of them were never restored")
        return median
