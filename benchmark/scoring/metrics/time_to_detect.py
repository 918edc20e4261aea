"""Median time to detect."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.findings_store import NEVER_FLAGGED
from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.recording.units import MS_PER_HOUR


def censored_median(time: npt.NDArray[np.float64], happened: npt.NDArray[np.bool_]) -> float | None:
    """Kaplan-Meier median: the first time by which survival is at most 0.5; None if there is none.

    ``time`` is when the event happened or, where it did not happen, how long it was observed.

    >>> censored_median(np.array([1.0, 2, 3, 4]), np.array([True, True, False, True]))
    2.0
    >>> censored_median(np.array([1.0, 5, 5]), np.array([True, False, False])) is None
    True
    """
    survival, order = 1.0, np.argsort(time, kind="stable")
    time, happened = time[order], happened[order]
    for moment in np.unique(time[happened]).tolist():
        at_risk = int((time >= moment).sum())
        survival *= 1 - int((happened & (time == moment)).sum()) / at_risk
        if survival <= 0.5 + 1e-12:
            return float(moment)
    return None


class TimeToDetect(Metric):
    """Median over sham accounts of the hours from the first abusive request to the first flag.

    An account flagged before its first abusive request counts as 0; one that is never flagged is
    censored at the last review. Kaplan-Meier median (Kaplan and Meier 1958,
    https://doi.org/10.2307/2281868): it cannot be measured if more than half of the accounts were
    never flagged, and it is never the median over the flagged accounts only. 0 is best.
    """

    title: ClassVar[str] = "median time to detect"
    short: ClassVar[str] = "hours to\ndetect"
    unit: ClassVar[Literal["share", "hours", "ratio"]] = "hours"
    better: ClassVar[Literal["higher", "lower"]] = "lower"
    high: ClassVar[float] = float("inf")
    display: ClassVar[Literal["headline", "shown", "report"]] = "shown"
    value_best: ClassVar[float | None] = 0.5
    value_all_flagged: ClassVar[float | None] = 0.5
    value_none_flagged: ClassVar[float | None] = None
    monotone: ClassVar[bool] = True

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        truth = findings.truth
        abusing = truth.first_abuse >= 0
        if not abusing.any():
            raise NotMeasurableError("no abusive request")
        flagged = findings.flagged[abusing]
        happened = flagged != NEVER_FLAGGED
        until = truth.reviews[np.where(happened, flagged, len(truth.reviews) - 1)]
        hours = np.maximum(until - truth.first_abuse[abusing], 0) / MS_PER_HOUR
        median = censored_median(hours, happened)
        if median is None:
            raise NotMeasurableError("over half of the sham accounts were never flagged")
        return [median]
