"""Recall at 0.1 % false positives."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.roc import recall_at_fpr

RATE = 0.001


class RecallAt01Percent(Metric):
    """Share of sham accounts flagged at a false-positive rate of 0.1 %.

    ``TPR at FPR <= 0.001``. The threshold is chosen on the scored recording itself, so that
    detectors are compared at the same cost; metrics at the operating point show what a threshold
    chosen beforehand gives. Ties count against the detector. 1 is best.

    Source: ``shamcrowd.benchmark.scoring.roc``; low false-positive rates as in Carlini et al. 2022
    (https://arxiv.org/abs/2112.03570), section IV.
    """

    title: ClassVar[str] = "recall at 0.1 % false positives"
    short: ClassVar[str] = "recall\nat 0.1%"
    display: ClassVar[Literal["headline", "shown", "report"]] = "headline"
    value_best: ClassVar[float | None] = 1.0
    value_all_flagged: ClassVar[float | None] = 0.0
    value_none_flagged: ClassVar[float | None] = 0.0
    monotone: ClassVar[bool] = True

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        return [recall_at_fpr(findings.score, findings.truth.sham, RATE)]

    def chance(self, prevalence: float) -> float:
        """The rate itself."""
        return RATE
