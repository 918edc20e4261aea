"""Average precision as it would be at one prevalence for all."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, NotMeasurableError, Values

PRIOR = 0.01
"""The share of sham accounts that every recording is brought to. Assumed."""


class CalibratedAveragePrecision(Metric):
    """Average precision, had one account in a hundred been sham.

    Average precision moves with the share of sham accounts, so it can't be compared over
    scenarios. Here precision is ``TPR q / (TPR q + FPR (1 - q))`` with the reference prior q =
    0.01 (assumed), ties taken together. A lottery has q.

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
        from sklearn.metrics import average_precision_score

        sham = findings.truth.sham
        if not sham.any():
            raise NotMeasurableError("no sham account")
        if sham.all():
            raise NotMeasurableError("no innocent account")
        # Weighted so, the shams are a share PRIOR of all.
        weight = np.where(sham, PRIOR / sham.sum(), (1 - PRIOR) / (~sham).sum())
        found = average_precision_score(sham, findings.score, sample_weight=weight)
        return [min(float(found), 1.0)]

    def chance(self, prevalence: float) -> float:
        """The prior."""
        return PRIOR
