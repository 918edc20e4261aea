"""Campaign recall, corrected for chance."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from shamcrowd.benchmark.scoring.judged import Judged
from shamcrowd.benchmark.scoring.metrics.base import Metric, NotMeasurableError, Values


def chance_of_half(accounts: int, members: int, flags: int) -> float:
    """Probability that ``flags`` random flags hit at least half of a campaign's ``members``.

    >>> chance_of_half(4, 2, 1)
    0.5
    """
    from scipy.stats import hypergeom

    return float(hypergeom.sf(-(-members // 2) - 1, accounts, members, flags))


class CampaignRecall(Metric):
    """Share of campaigns with at least half their accounts flagged, minus what chance gives.

    For a campaign with K of N accounts, and n accounts flagged in all: ``[flagged in it >= K/2] -
    P(H >= K/2)`` with H hypergeometric (N, K, n): flagging everybody earns nothing. At the
    operating point. 1: every campaign; 0: no better than as many random flags.

    Source: this project; the correction is that of Hubert and Arabie 1985 for agreement
    (https://doi.org/10.1007/BF01908075), applied to a hit.
    """

    title: ClassVar[str] = "campaign recall"
    short: ClassVar[str] = "campaign\nrecall"
    low: ClassVar[float] = -1.0
    place: ClassVar[Literal["headline", "shown", "report"]] = "headline"

    def measure(self, judged: Judged) -> Values:
        """One value per campaign."""
        sealed = judged.sealed
        if not sealed.campaigns:
            raise NotMeasurableError("no campaign")
        alert, values = judged.alert, []
        for code in range(len(sealed.campaigns)):
            member = sealed.campaign == code
            hit = float(2 * np.count_nonzero(alert & member) >= np.count_nonzero(member))
            chance = chance_of_half(len(alert), int(member.sum()), int(alert.sum()))
            values.append(hit - chance)
        return values

    def chance(self, prevalence: float) -> float:
        """As many random flags: none, by its making."""
        return 0.0
