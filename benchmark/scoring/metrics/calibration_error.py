"""How far probabilities are from what happens."""

from __future__ import annotations

from typing import ClassVar, Literal

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.reliability import judged, reliability


class CalibrationError(Metric):
    """Expected calibration error of a detector whose scores are probabilities or log-odds.

    ``sum over bins of accounts in it / accounts * |mean probability - share of sham accounts|``, at
    the last review, over ten bins with edges 0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 0.7, 0.9
    and 1 (assumed: sham accounts are rare). The report draws the bins. A detector that gives every
    account the prevalence has 0: read it with a metric of order. From 0 to 1; lower is better.

    Source: Naeini, Cooper and Hauskrecht 2015 (https://doi.org/10.1609/aaai.v29i1.9602); Guo et al.
    2017 (https://proceedings.mlr.press/v70/guo17a.html).
    """

    title: ClassVar[str] = "calibration error of probabilities"
    short: ClassVar[str] = "calib.\nerror"
    better: ClassVar[Literal["higher", "lower"]] = "lower"
    value_best: ClassVar[float | None] = 0.0
    value_all_flagged: ClassVar[float | None] = 2000 / 2040
    value_none_flagged: ClassVar[float | None] = 40 / 2040
    monotone: ClassVar[bool] = True

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        accounts = int(judged(findings).sum())
        wrong = sum(abs(one.expected * one.accounts - one.sham) for one in reliability([findings]))
        return [wrong / accounts]
