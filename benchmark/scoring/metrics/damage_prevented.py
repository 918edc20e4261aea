"""Damage prevented."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class DamagePrevented(Metric):
    """Share of a campaign's tokens used after the account that used them was first flagged.

    ``sum of abusive tokens after the flag / sum of abusive tokens``, input and output, served
    requests only, at the operating point: the damage that would have been prevented if every
    flagged account had been stopped at once and the campaign had not reacted. The mean over
    campaigns. 1 is best.

    Source: this project; money-weighted recall as in Bahnsen et al. 2016
    (https://doi.org/10.1016/j.eswa.2015.12.030).
    """

    title: ClassVar[str] = "damage prevented"
    short: ClassVar[str] = "damage\nsaved"
    display: ClassVar[Literal["headline", "shown", "report"]] = "headline"
    value_best: ClassVar[float | None] = 0.8
    value_all_flagged: ClassVar[float | None] = 0.8
    value_none_flagged: ClassVar[float | None] = 0.0
    monotone: ClassVar[bool] = True

    def measure(self, findings: LabelledFindings) -> Values:
        """One value per campaign that used any tokens."""
        truth = findings.truth
        campaign = truth.campaign[truth.abuse_index]
        many = len(truth.campaigns)
        drawn = np.bincount(campaign, weights=truth.abuse_tokens, minlength=many)
        saved = np.bincount(
            campaign, weights=truth.abuse_tokens * findings.prevented, minlength=many
        )
        if not drawn.any():
            raise NotMeasurableError("no abusive request")
        return [float(s / d) for s, d in zip(saved, drawn, strict=True) if d]
