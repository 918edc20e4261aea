"""False-positive rates by segment."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import NotMeasurableError

SMALLEST = 10
"""Segments with fewer innocent accounts say nothing."""


def segment_rates(findings: LabelledFindings) -> npt.NDArray[np.float64]:
    """Share of innocent accounts flagged in each segment that is large enough.

    Raises:
        NotMeasurableError: if none is.
    """
    truth = findings.truth
    innocent = ~truth.sham & (truth.segment >= 0)
    many = len(truth.segments)
    size = np.bincount(truth.segment[innocent], minlength=many)
    hurt = np.bincount(truth.segment[innocent & findings.alert], minlength=many)
    enough = size >= SMALLEST
    if not enough.any():
        raise NotMeasurableError(f"no segment with {SMALLEST} innocent accounts")
    rates: npt.NDArray[np.float64] = hurt[enough] / size[enough]
    return rates
