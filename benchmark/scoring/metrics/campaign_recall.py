"""Chance-corrected campaign recall."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


def chance_of_half(accounts: int, members: int, flags: int) -> float:
    """Probability that ``flags`` random flags hit at least half of a campaign's ``members``.

    The tail of a hypergeometric distribution; `scipy.stats` has it, but takes half a second to
    import in each process that measures.

    >>> round(chance_of_half(4, 2, 1), 12)
    0.5
    """
    least, most = max(-(-members // 2), flags + members - accounts), min(members, flags)
    hits = np.arange(least, most + 1)
    ways = _log_ways(members, hits) + _log_ways(accounts - members, flags - hits)
    return min(float(np.exp(ways - _log_ways(accounts, flags)).sum()), 1.0)


def _log_ways(of: int, chosen: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Logarithm of the number of ways to choose so many of ``of``."""
    from scipy.special import betaln

    some = np.asarray(chosen, np.float64)
    ways: npt.NDArray[np.float64] = -betaln(of - some + 1, some + 1) - np.log(of + 1.0)
    return ways


class CampaignRecall(Metric):
    """Share of campaigns with at least half of their accounts flagged, corrected for chance.

    For a campaign with K of N accounts, and n accounts flagged in total: ``[flagged in it >= K/2] -
    P(H >= K/2)``, where H is hypergeometric (N, K, n). Flagging every account therefore scores 0.
    At the operating point. 1: every campaign is found; 0: no better than flagging n random
    accounts; below 0: worse.

    Source: this project; the correction is that of Hubert and Arabie 1985 for agreement
    (https://doi.org/10.1007/BF01908075), applied to a hit.
    """

    title: ClassVar[str] = "campaign recall"
    short: ClassVar[str] = "campaign\nrecall"
    low: ClassVar[float] = -1.0
    hits: ClassVar[bool] = True
    display: ClassVar[Literal["headline", "shown", "report"]] = "headline"
    value_best: ClassVar[float | None] = 1.0
    value_all_flagged: ClassVar[float | None] = 0.0
    value_none_flagged: ClassVar[float | None] = 0.0

    def measure(self, findings: LabelledFindings) -> Values:
        """One value per campaign."""
        truth = findings.truth
        if not truth.campaigns:
            raise NotMeasurableError("no campaign")
        alert, values = findings.alert, []
        for code in range(len(truth.campaigns)):
            member = truth.campaign == code
            hit = float(2 * np.count_nonzero(alert & member) >= np.count_nonzero(member))
            chance = chance_of_half(len(alert), int(member.sum()), int(alert.sum()))
            values.append(hit - chance)
        return values

    def chance(self, prevalence: float) -> float:
        """Zero, by construction."""
        return 0.0
