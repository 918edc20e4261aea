"""The error of scores that are probabilities."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.reliability import judged


class BrierScore(Metric):
    """Brier score of a detector that says that its scores are probabilities or log-odds.

    ``mean over accounts of (probability - y)^2`` at the last review, where y is 1 for sham accounts
    and 0 for others; accounts that it did not judge then do not count. To give every account the
    prevalence p has ``p (1 - p)``: hold values against that. From 0 to 1; lower is better. It
    measures calibration and separation together; `calibration-error` is the first alone.

    Source: Brier 1950 (https://doi.org/10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2).
    """

    title: ClassVar[str] = "Brier score of probabilities"
    short: ClassVar[str] = "Brier\nscore"
    better: ClassVar[Literal["higher", "lower"]] = "lower"
    value_best: ClassVar[float | None] = 0.0
    value_all_flagged: ClassVar[float | None] = 2000 / 2040
    value_none_flagged: ClassVar[float | None] = 40 / 2040
    monotone: ClassVar[bool] = True

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        known = judged(findings)
        assert findings.probability is not None
        error = findings.probability[known] - findings.truth.sham[known]
        return [float((error**2).mean())]
