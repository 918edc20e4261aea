"""Campaigns met at their first review."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


def chance_of_one(accounts: int, members: int, flags: int) -> float:
    """Probability that ``flags`` random flags hit at least one of a campaign's ``members``.

    One less that of none, C(accounts - members, flags) / C(accounts, flags).

    >>> chance_of_one(4, 2, 1)
    0.5
    """
    if flags > accounts - members:
        return 1.0
    # Of all accounts, each that is flagged in turn is of no campaign.
    left = np.arange(accounts, accounts - flags, -1, dtype=np.float64)
    return float(1 - np.prod(1 - members / left))


class FirstHit(Metric):
    """Share of campaigns met at their first review, corrected for chance.

    A campaign's first review is the one after its first abusive request. For a campaign with K of N
    accounts, and n accounts flagged by then: ``[any of its accounts is flagged by then] -
    P(H >= 1)``, where H is hypergeometric (N, K, n). Without the correction a detector that flags
    1 % of all accounts at random meets 63 % of campaigns of 100 accounts. At the operating point.
    Near 1: every campaign is met at once, by few alerts; 0: no better than n random flags; below
    0: worse. Campaigns without an abusive request are left out.

    Source: this project; the correction is that of campaign recall.
    """

    title: ClassVar[str] = "first hit"
    short: ClassVar[str] = "first\nhit"
    low: ClassVar[float] = -1.0
    hits: ClassVar[bool] = True
    # 40 flags, 20 accounts of each campaign: one less the chance of a hit.
    value_best: ClassVar[float | None] = 1 - chance_of_one(2040, 20, 40)
    value_all_flagged: ClassVar[float | None] = 0.0
    value_none_flagged: ClassVar[float | None] = 0.0

    def measure(self, findings: LabelledFindings) -> Values:
        """One value per campaign with an abusive request."""
        truth, values = findings.truth, []
        campaign = truth.campaign[truth.abuse_index]
        for code in range(len(truth.campaigns)):
            reviews = truth.abuse_review[campaign == code]
            if not len(reviews):
                continue
            early = findings.flagged <= reviews.min()
            member = truth.campaign == code
            hit = float((early & member).any())
            values.append(hit - chance_of_one(len(early), int(member.sum()), int(early.sum())))
        if not values:
            raise NotMeasurableError("no abusive request")
        return values

    def chance(self, prevalence: float) -> float:
        """Zero, by construction."""
        return 0.0
