"""Precision within a daily review budget."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from shamcrowd.benchmark.scoring.daily_queue import daily_queues
from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

BUDGET = 0.001
"""Accounts inspected per day, as a share of all; at least one. Assumed: a small review team."""


class PrecisionAtDailyBudget(Metric):
    """Share of sham accounts among those that a review team inspects, highest scores first.

    ``sham accounts inspected / accounts inspected``. At the end of each day the team inspects the k
    accounts with the largest scores so far that it has not inspected before, where k is 0.1 % of
    all accounts and at least one (assumed). Each account counts once. Among accounts with equal
    scores the legitimate ones are inspected first: ties count against the detector. The operating
    point is not used. 1 is best; the chance level equals the prevalence.

    Source: card precision top-k, Le Borgne et al. 2022, Fraud Detection Handbook
    (https://fraud-detection-handbook.github.io/fraud-detection-handbook/), chapter 4.
    """

    title: ClassVar[str] = "precision at a daily budget"
    short: ClassVar[str] = "prec.\nat k"
    value_best: ClassVar[float | None] = 1.0
    value_all_flagged: ClassVar[float | None] = 0.0
    value_none_flagged: ClassVar[float | None] = 0.0
    monotone: ClassVar[bool] = True

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        truth = findings.truth
        if not truth.sham.any():
            raise NotMeasurableError("no sham account")
        budget = max(int(BUDGET * len(truth.account)), 1)
        seen = np.zeros(len(truth.account), np.bool_)
        for queue in daily_queues(findings, seen):
            seen[queue[:budget]] = True
        if not seen.any():
            raise NotMeasurableError("it judged no account")
        return [float(truth.sham[seen].mean())]

    def chance(self, prevalence: float) -> float:
        """The prevalence."""
        return prevalence
