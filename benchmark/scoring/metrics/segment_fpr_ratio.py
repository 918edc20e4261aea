"""Ratio of the lowest to the highest false-positive rate of segments."""

from __future__ import annotations

from typing import ClassVar

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, NotMeasurableError, Values
from shamcrowd.benchmark.scoring.segments import segment_rates


class SegmentFprRatio(Metric):
    """The lowest share of innocent accounts flagged in any segment, over the highest.

    ``min FPR / max FPR`` at the operating point, over segments with ten innocent accounts or
    more. 1: false alarms hit all alike; 0: some segment is spared while another is hit. The
    largest over the smallest would be infinite then, so it stands upside down.

    Source: fairlearn, ``false_positive_rate_ratio``; the worst-case ratio of groups as in
    Ghosh et al. 2021 (https://arxiv.org/abs/2101.01673).
    """

    title: ClassVar[str] = "segment false-positive ratio"
    short: ClassVar[str] = "FPR\nratio"
    value_best: ClassVar[float | None] = None
    value_all_flagged: ClassVar[float | None] = 1.0
    value_none_flagged: ClassVar[float | None] = None

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        rates = segment_rates(findings)
        if not rates.max():
            raise NotMeasurableError("no innocent account of a segment was flagged")
        return [float(rates.min() / rates.max())]
