"""Whom acting on things would hurt."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Literal

import numpy as np

from shamcrowd.benchmark.scoring.findings_store import NEVER_FLAGGED
from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.metrics.stopped_by_things import effects_and_threshold
from shamcrowd.benchmark.scoring.segments import segment_rates


class BystandersOfThings(Metric):
    """Highest share of any segment's legitimate accounts that acting on named things hurts.

    ``max over segments of legitimate accounts that lose a served request / legitimate accounts``,
    over segments with at least ten of them, at the threshold of *damage stopped at things*, which
    hurts at most 1 % of all. A carrier's block or an office's network holds many of one segment. 0
    is best.

    Source: this project; worst-group error as in Sagawa et al. 2020
    (https://arxiv.org/abs/1911.08731).
    """

    title: ClassVar[str] = "bystanders of things"
    short: ClassVar[str] = "things\nhurt"
    better: ClassVar[Literal["higher", "lower"]] = "lower"
    value_best: ClassVar[float | None] = None
    value_all_flagged: ClassVar[float | None] = None
    value_none_flagged: ClassVar[float | None] = None

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        effects, threshold = effects_and_threshold(findings)
        lost = np.where(effects.hurt > threshold, 0, NEVER_FLAGGED)
        return [float(segment_rates(replace(findings, flagged=lost)).max())]
