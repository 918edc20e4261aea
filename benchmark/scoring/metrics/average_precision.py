"""Average precision."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.precision_curve import average_precision


class AveragePrecision(Metric):
    """Area under the precision-recall curve over accounts.

    ``AP = sum over n of (R_n - R_(n-1)) * P_n``, where ``P_n`` and ``R_n`` are precision and recall
    at the n-th threshold. Accounts are ranked by their largest score so far; tied accounts share a
    threshold. 1 is best. The chance level equals the prevalence of sham accounts, which is shown
    next to it: compare the two.

    Source: scikit-learn, ``average_precision_score``; Davis and Goadrich 2006
    (https://doi.org/10.1145/1143844.1143874).
    """

    title: ClassVar[str] = "average precision"
    short: ClassVar[str] = "avg.\nprec."
    display: ClassVar[Literal["headline", "shown", "report"]] = "shown"
    value_best: ClassVar[float | None] = 1.0
    value_all_flagged: ClassVar[float | None] = 40 / 2040
    value_none_flagged: ClassVar[float | None] = 40 / 2040
    monotone: ClassVar[bool] = True

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        sham = findings.truth.sham
        if not sham.any():
            raise NotMeasurableError("no sham account")
        return [average_precision(sham, findings.score)]

    def chance(self, prevalence: float) -> float:
        """The prevalence."""
        return prevalence
