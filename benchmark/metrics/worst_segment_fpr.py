"""Worst-segment false-positive rate."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from benchmark.metrics.base import Metric, NotMeasurableError, Values
from benchmark.scoring.judged import Judged

SMALLEST = 10
"""Segments with fewer innocent accounts say nothing."""


class WorstSegmentFpr(Metric):
    """The largest share of innocent accounts flagged in any one segment, at the operating point.

    A mean over everybody hides that one class or one company bears all the false alarms.

    Source: worst-group error as in Sagawa et al. 2020 (https://arxiv.org/abs/1911.08731).
    """

    title: ClassVar[str] = "worst-segment false-positive rate"
    short: ClassVar[str] = "worst\nFPR"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    def measure(self, judged: Judged) -> Values:
        """One value for the recording."""
        sealed = judged.sealed
        innocent = ~sealed.sham & (sealed.segment >= 0)
        many = len(sealed.segments)
        size = np.bincount(sealed.segment[innocent], minlength=many)
        hurt = np.bincount(sealed.segment[innocent & judged.alert], minlength=many)
        enough = size >= SMALLEST
        if not enough.any():
            raise NotMeasurableError(f"no segment with {SMALLEST} innocent accounts")
        return [float((hurt[enough] / size[enough]).max())]
