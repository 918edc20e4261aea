"""Hours until a legitimate account is restored."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from shamcrowd.benchmark.closed_loop.attack_and_defence import Defence
from shamcrowd.benchmark.closed_loop.figures.base import DefenceFigure, Unit
from shamcrowd.benchmark.scoring.metrics.time_to_detect import censored_median
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class RestoreHours(DefenceFigure):
    """Median time from the wrong suspension of a legitimate account to its reinstatement, in hours.

    Only suspensions after an alert count. From 0 up; lower is better. An account that is never
    reinstated is censored at the end of the recording. Not measurable if no legitimate account was
    suspended, or if more than half of them were never reinstated.

    Source: this project; median by Kaplan and Meier 1958 (https://doi.org/10.2307/2281868).
    """

    title: ClassVar[str] = "hours until a legitimate account is restored"
    short: ClassVar[str] = "hours to\nrestore"
    unit: ClassVar[Unit] = "hours"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, defence: Defence) -> float:
        """Compute the figure."""
        if not defence.restored:
            raise NotMeasurableError("no legitimate account was suspended")
        hours = np.array([r.hours for r in defence.restored])
        median = censored_median(hours, np.array([not r.never for r in defence.restored]))
        if median is None:
            raise NotMeasurableError("over half of them were never restored")
        return median
