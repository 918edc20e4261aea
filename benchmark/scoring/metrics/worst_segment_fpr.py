"""Worst-segment false-positive rate."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.segments import segment_rates


class WorstSegmentFpr(Metric):
    """Highest false-positive rate of any segment, at the operating point.

    ``max over segments of flagged legitimate accounts / legitimate accounts``, over segments with
    at least ten legitimate accounts. The mean over all accounts can hide that one class or one
    company bears all of the false alarms. 0 is best.

    Source: worst-group error as in Sagawa et al. 2020 (https://arxiv.org/abs/1911.08731).
    """

    title: ClassVar[str] = "worst-segment false-positive rate"
    short: ClassVar[str] = "worst\nFPR"
    better: ClassVar[Literal["higher", "lower"]] = "lower"
    display: ClassVar[Literal["headline", "shown", "report"]] = "headline"
    value_best: ClassVar[float | None] = 0.0
    value_all_flagged: ClassVar[float | None] = 1.0
    value_none_flagged: ClassVar[float | None] = 0.0
    monotone: ClassVar[bool] = True

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        return [float(segment_rates(findings).max())]
