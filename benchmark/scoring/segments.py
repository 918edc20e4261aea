"""False-positive rates by segment."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.judged import Judged
from shamcrowd.benchmark.scoring.metrics.base import NotMeasurableError

SMALLEST = 10
"""Segments with fewer innocent accounts say nothing."""


def segment_rates(judged: Judged) -> npt.NDArray[np.float64]:
    """Share of innocent accounts flagged in each segment that is large enough.

    Raises:
        NotMeasurableError: if none is.
    """
    sealed = judged.sealed
    innocent = ~sealed.sham & (sealed.segment >= 0)
    many = len(sealed.segments)
    size = np.bincount(sealed.segment[innocent], minlength=many)
    hurt = np.bincount(sealed.segment[innocent & judged.alert], minlength=many)
    enough = size >= SMALLEST
    if not enough.any():
        raise NotMeasurableError(f"no segment with {SMALLEST} innocent accounts")
    rates: npt.NDArray[np.float64] = hurt[enough] / size[enough]
    return rates
