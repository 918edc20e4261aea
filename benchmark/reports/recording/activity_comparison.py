"""How a campaign's accounts compare with innocent ones, each alone and all together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.charts.formatting import count, counted, number, percent
from shamcrowd.benchmark.reports.recording.account_groups import GroupedAccounts
from shamcrowd.benchmark.reports.recording.traffic_counts import TrafficCounts

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ActivityComparison:
    """One campaign against the innocent accounts, by requests.

    ``busier_days`` is the share of innocent account-days with more requests than the campaign's
    median day; ``busier`` counts innocent accounts whose fullest day beats every day of every
    account of the campaign. Of the ``top`` accounts with the fullest days, ``in_top`` are its own.
    ``together`` are all its requests, ``innocent_most`` those of the busiest innocent account.
    """

    median: float
    most: int
    innocent_median: float
    busier_days: float
    busier: int
    top: int
    in_top: int
    together: int
    innocent_most: int

    @property
    def each(self) -> str:
        """What one of its accounts looks like, in a sentence or two."""
        said = (
            f"On a day on which one of its accounts is active it makes {number(self.median)} "
            f"{'request' if self.median == 1 else 'requests'} in the median, an innocent one "
            f"{number(self.innocent_median)}; {percent(self.busier_days)} of all days of innocent "
            "accounts are busier than that."
        )
        busier = counted(self.busier, "innocent account") if self.busier else "no innocent account"
        return (
            f"{said} Its fullest day is {counted(self.most, 'request')}; {busier} had a fuller one."
        )

    @property
    def ranked(self) -> str:
        """How far a list of the busiest accounts would go."""
        return (
            f"Of the {count(self.top)} accounts with the fullest days (1 in 100), "
            f"{count(self.in_top) if self.in_top else 'none'} "
            f"{'is' if self.in_top == 1 else 'are'} among its accounts."
        )

    @property
    def crowd(self) -> str:
        """What they are together."""
        ratio = self.together / max(self.innocent_most, 1)
        against = (
            f"{ratio:.2g} times as many as" if ratio >= 1.05
            else "about as many as" if ratio > 0.95
            else f"{percent(ratio)} of those of"
        )  # fmt: skip
        return (
            f"Together they make {count(self.together)}: {against} the busiest innocent account "
            f"({count(self.innocent_most)})."
        )


def compare_activity(
    people: GroupedAccounts, traffic: TrafficCounts, code: int
) -> ActivityComparison | None:
    """Compare campaign ``code`` with the innocent; None if one of the two made no request."""
    sham = np.array([g.sham for g in people.groups], np.bool_)
    own, others = traffic.days[code], honest_days(people, traffic)
    if not len(own) or not len(others):
        return None
    innocent = ~sham[traffic.slot_group] & (traffic.totals > 0)
    top = max(round(len(people.account) / 100), 1)
    # Equally busy accounts stand in the order of their ids.
    fullest = np.argsort(-traffic.busiest, kind="stable")[:top]
    median = float(np.median(own))
    return ActivityComparison(
        median=median,
        most=int(own[-1]),
        innocent_median=float(np.median(others)),
        busier_days=float((others > median).mean()),
        busier=int((traffic.busiest[innocent] > own[-1]).sum()),
        top=top,
        in_top=int((traffic.slot_group[fullest] == code).sum()),
        together=int(traffic.requests[code]),
        innocent_most=int(traffic.totals[innocent].max(initial=0)),
    )


def honest_days(people: GroupedAccounts, traffic: TrafficCounts) -> Counts:
    """Requests of every innocent account on every day on which it made any, in rising order."""
    days = [d for g, d in zip(people.groups, traffic.days, strict=True) if not g.sham]
    return np.sort(np.concatenate(days)) if days else np.empty(0, np.int64)
