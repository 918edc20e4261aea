"""Damage of accounts that were met at their first review."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


class FirstHitDamage(Metric):
    """Share of a campaign's tokens that accounts drew which were met at their first review.

    ``sum of abusive tokens of these accounts / sum of abusive tokens``, over the whole recording,
    input and output, served requests only, at the operating point. An account is met at its first
    review if it is flagged by the review after its own first abusive request. What a detector finds
    later may be a campaign that is known by then; this is what it finds unaided. The mean over
    campaigns. 1 is best; flagging everybody gives 1 too, so that it must be read beside the rate of
    false positives.

    Source: this project.
    """

    title: ClassVar[str] = "damage of first hits"
    short: ClassVar[str] = "damage\nat 1st"
    value_best: ClassVar[float | None] = 1.0
    value_all_flagged: ClassVar[float | None] = 1.0
    value_none_flagged: ClassVar[float | None] = 0.0
    monotone: ClassVar[bool] = True

    def measure(self, findings: LabelledFindings) -> Values:
        """One value per campaign that used any tokens."""
        truth = findings.truth
        first = np.full(len(truth.account), np.iinfo(np.int64).max)
        np.minimum.at(first, truth.abuse_index, truth.abuse_review)
        hit = findings.alert & (findings.flagged <= first)
        campaign, many = truth.campaign[truth.abuse_index], len(truth.campaigns)
        drawn = np.bincount(campaign, weights=truth.abuse_tokens, minlength=many)
        caught = np.bincount(
            campaign, weights=truth.abuse_tokens * hit[truth.abuse_index], minlength=many
        )
        if not drawn.any():
            raise NotMeasurableError("no abusive request")
        return [float(c / d) for c, d in zip(caught, drawn, strict=True) if d]
