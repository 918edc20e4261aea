"""Expected cost."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

MISSED = 10.0
WRONG = 1.0
"""Costs of a missed sham account and of a flagged legitimate account. Assumed: ten to one."""


class ExpectedCost(Metric):
    """Cost of the errors at the operating point, relative to treating all accounts alike.

    ``(10 FN + 1 FP) / min(10 S, 1 L)`` with FN missed sham accounts, FP flagged legitimate
    accounts, S sham and L legitimate accounts in all: missing a sham account costs ten times as
    much as flagging a legitimate one (assumed). 0: no errors; 1: as costly as the cheaper of
    flagging no account and flagging every account; above 1: worse than that.

    Source: normalised expected cost, Drummond and Holte 2006
    (https://doi.org/10.1007/s10994-006-8199-5), section 2; Elkan 2001 on cost matrices.
    """

    title: ClassVar[str] = "expected cost"
    short: ClassVar[str] = "exp.\ncost"
    unit: ClassVar[Literal["share", "hours", "ratio"]] = "ratio"
    better: ClassVar[Literal["higher", "lower"]] = "lower"
    high: ClassVar[float] = float("inf")
    value_best: ClassVar[float | None] = 0.0
    value_all_flagged: ClassVar[float | None] = 2000 / (10 * 40)
    value_none_flagged: ClassVar[float | None] = 1.0
    monotone: ClassVar[bool] = True

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        sham, alert = findings.truth.sham, findings.alert
        least = min(MISSED * np.count_nonzero(sham), WRONG * np.count_nonzero(~sham))
        if not least:
            raise NotMeasurableError(
                "no sham account" if not sham.any() else "no legitimate account"
            )
        missed, wrong = np.count_nonzero(sham & ~alert), np.count_nonzero(alert & ~sham)
        return [float((MISSED * missed + WRONG * wrong) / least)]
