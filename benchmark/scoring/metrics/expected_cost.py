"""Expected cost."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, NotMeasurableError, Values

MISSED = 10.0
WRONG = 1.0
"""What a missed sham account costs, and a flagged innocent one. Assumed: ten to one."""


class ExpectedCost(Metric):
    """Cost of the mistakes at the operating point, against doing the same to everybody.

    ``(10 missed + 1 wrong) / min(10 shams, 1 innocents)``: a missed sham account costs ten times
    what a flagged innocent one does (assumed); 0 for no mistake, 1 for the cheaper of flagging
    nobody and flagging everybody, above 1 for what is worse than that.

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
            raise NotMeasurableError("no sham account" if not sham.any() else "no innocent account")
        missed, wrong = np.count_nonzero(sham & ~alert), np.count_nonzero(alert & ~sham)
        return [float((MISSED * missed + WRONG * wrong) / least)]
