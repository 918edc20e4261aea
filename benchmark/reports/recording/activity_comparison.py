"""How a campaign compares with legitimate accounts: account by account, and in total."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.charts.formatting import count, number, percent
from shamcrowd.benchmark.reports.recording.account_groups import GroupedAccounts
from shamcrowd.benchmark.reports.recording.traffic_counts import TrafficCounts
from shamcrowd.recording.counting import counted

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ActivityComparison:
    """One campaign compared with the legitimate accounts, by requests.

    Attributes:
        median: requests per account-day of the campaign, the median.
        most: requests of its busiest account-day.
        legitimate_median: requests per account-day of legitimate accounts, the median.
        busier_days: share of legitimate account-days above the campaign's median.
        busier: legitimate accounts whose busiest day exceeds ``most``.
        top: number of accounts in the top 1 % by busiest day.
        in_top: how many of these belong to the campaign.
        together: all requests of the campaign.
        legitimate_most: all requests of the busiest legitimate account.
    """

    median: float
    most: int
    legitimate_median: float
    busier_days: float
    busier: int
    top: int
    in_top: int
    together: int
    legitimate_most: int

    @property
    def per_account(self) -> str:
        """What one of its accounts looks like."""
        said = (
            f"On a day on which one of its accounts is active, the account makes a median of "
            f"{number(self.median)} {'request' if self.median == 1 else 'requests'}; a legitimate "
            f"account makes {number(self.legitimate_median)}. {percent(self.busier_days)} of all "
            "account-days of legitimate accounts are busier than the campaign's median."
        )
        busier = (
            counted(self.busier, "legitimate account") if self.busier else "no legitimate account"
        )
        return (
            f"{said} Its busiest account-day has {counted(self.most, 'request')}; {busier} had a "
            "busier one."
        )

    @property
    def in_ranking(self) -> str:
        """How many of its accounts a ranking by busiest day would find."""
        return (
            f"Of the {count(self.top)} accounts with the busiest days (the top 1 %), "
            f"{count(self.in_top) if self.in_top else 'none'} "
            f"{'belongs' if self.in_top == 1 else 'belong'} to the campaign."
        )

    @property
    def in_total(self) -> str:
        """How its total compares with the busiest legitimate account."""
        ratio = self.together / max(self.legitimate_most, 1)
        against = (
            f"{ratio:.2g} times as many as" if ratio >= 1.05
            else "about as many as" if ratio > 0.95
            else f"{percent(ratio)} of those of"
        )  # fmt: skip
        return (
            f"Together its accounts make {count(self.together)} requests: {against} the busiest "
            f"legitimate account ({count(self.legitimate_most)})."
        )


def compare_activity(
    people: GroupedAccounts, traffic: TrafficCounts, code: int
) -> ActivityComparison | None:
    """Compare campaign ``code`` with the legitimate accounts; None if either made no request."""
    sham = np.array([g.sham for g in people.groups], np.bool_)
    own, others = traffic.days[code], honest_days(people, traffic)
    if not len(own) or not len(others):
        return None
    legitimate = ~sham[traffic.slot_group] & (traffic.totals > 0)
    top = max(round(len(people.account) / 100), 1)
    # Ties are in the order of account ids.
    fullest = np.argsort(-traffic.busiest, kind="stable")[:top]
    median = float(np.median(own))
    return ActivityComparison(
        median=median,
        most=int(own[-1]),
        legitimate_median=float(np.median(others)),
        busier_days=float((others > median).mean()),
        busier=int((traffic.busiest[legitimate] > own[-1]).sum()),
        top=top,
        in_top=int((traffic.slot_group[fullest] == code).sum()),
        together=int(traffic.requests[code]),
        legitimate_most=int(traffic.totals[legitimate].max(initial=0)),
    )


def honest_days(people: GroupedAccounts, traffic: TrafficCounts) -> Counts:
    """Requests of each legitimate account-day, ascending."""
    days = [d for g, d in zip(people.groups, traffic.days, strict=True) if not g.sham]
    return np.sort(np.concatenate(days)) if days else np.empty(0, np.int64)
