"""Ratio of the lowest to the highest false-positive rate of any segment."""

from __future__ import annotations

from typing import ClassVar

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.segments import segment_rates


class SegmentFprRatio(Metric):
    """Lowest false-positive rate of any segment, divided by the highest.

    ``min FPR / max FPR`` at the operating point, over segments with at least ten legitimate
    accounts. 1: false alarms are spread evenly; 0: one segment has none while another has some. The
    inverse, highest over lowest, would be infinite in that case.

    Source: fairlearn, ``false_positive_rate_ratio``; the worst-case ratio of groups as in
    Ghosh et al. 2021 (https://arxiv.org/abs/2101.01673).
    """

    title: ClassVar[str] = "segment false-positive ratio"
    short: ClassVar[str] = "FPR\nratio"
    value_best: ClassVar[float | None] = None
    value_all_flagged: ClassVar[float | None] = 1.0
    value_none_flagged: ClassVar[float | None] = None
    nothing_left_at_zero_of: ClassVar[str] = "worst-segment-fpr"

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        rates = segment_rates(findings)
        if not rates.max():
            raise NotMeasurableError("no legitimate account of a segment was flagged")
        return [float(rates.min() / rates.max())]
