"""Average precision at a reference prevalence."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.precision_curve import average_precision

PRIOR = 0.01
"""The reference prevalence. Assumed."""


class CalibratedAveragePrecision(Metric):
    """Average precision as it would be if one account in a hundred were sham.

    Average precision depends on the prevalence of sham accounts, so it cannot be compared across
    scenarios. Here precision is ``TPR q / (TPR q + FPR (1 - q))`` with the reference prevalence
    q = 0.01 (assumed); tied accounts share a threshold. 1 is best; the chance level is q.

    Source: Siblini et al. 2020 (https://arxiv.org/abs/1909.02827).
    """

    title: ClassVar[str] = "calibrated average precision"
    short: ClassVar[str] = "cal.\nAP"
    value_best: ClassVar[float | None] = 1.0
    value_all_flagged: ClassVar[float | None] = 0.01
    value_none_flagged: ClassVar[float | None] = 0.01
    monotone: ClassVar[bool] = True

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        sham = findings.truth.sham
        if not sham.any():
            raise NotMeasurableError("no sham account")
        if sham.all():
            raise NotMeasurableError("no legitimate account")
        # With these weights the prevalence is PRIOR.
        weight = np.where(sham, PRIOR / sham.sum(), (1 - PRIOR) / (~sham).sum())
        return [average_precision(sham, findings.score, weight)]

    def chance(self, prevalence: float) -> float:
        """The reference prevalence."""
        return PRIOR
