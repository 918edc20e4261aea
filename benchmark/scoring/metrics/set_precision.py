"""False alarms counted by set."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

SMALLEST = 3
"""Flagged accounts of the smallest set that counts."""


class SetPrecision(Metric):
    """Share of the sets that a detector raises of which most accounts are of one campaign.

    A set is a cluster (as of the last review) with at least three flagged accounts; only these are
    counted. It is right if more than half of them are of one and the same campaign. Who looks at
    sets, not at accounts, has one false alarm for a class of thirty. At the operating point. 1 is
    best.

    Source: this project.
    """

    title: ClassVar[str] = "set precision"
    short: ClassVar[str] = "set\nprec."
    value_best: ClassVar[float | None] = 1.0
    value_all_flagged: ClassVar[float | None] = None
    value_none_flagged: ClassVar[float | None] = None

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        truth = findings.truth
        if not findings.groups:
            raise NotMeasurableError("it does not group accounts")
        if not truth.campaigns:
            raise NotMeasurableError("no campaign")
        raised = findings.alert & (findings.cluster >= 0)
        _, number = np.unique(findings.cluster[raised], return_inverse=True)
        # A row for each set, a column for each campaign and one for honest accounts.
        of = np.zeros((int(number.max(initial=-1)) + 1, len(truth.campaigns) + 1), np.int64)
        np.add.at(of, (number, truth.campaign[raised]), 1)
        of = of[of.sum(axis=1) >= SMALLEST]
        if not len(of):
            raise NotMeasurableError(f"no set with {SMALLEST} flagged accounts")
        return [float((2 * of[:, :-1].max(axis=1) > of.sum(axis=1)).mean())]
