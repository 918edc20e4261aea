"""False-positive rates by segment."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

SMALLEST = 10
"""Segments with fewer legitimate accounts are not measured."""


def segment_rates(findings: LabelledFindings) -> npt.NDArray[np.float64]:
    """False-positive rate of each segment with at least ``SMALLEST`` legitimate accounts.

    Raises:
        NotMeasurableError: if there is no such segment.
    """
    truth = findings.truth
    legitimate = ~truth.sham & (truth.segment >= 0)
    many = len(truth.segments)
    size = np.bincount(truth.segment[legitimate], minlength=many)
    hurt = np.bincount(truth.segment[legitimate & findings.alert], minlength=many)
    enough = size >= SMALLEST
    if not enough.any():
        raise NotMeasurableError(f"no segment with {SMALLEST} legitimate accounts")
    rates: npt.NDArray[np.float64] = hurt[enough] / size[enough]
    return rates
