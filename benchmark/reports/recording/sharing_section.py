"""What accounts draw on, and with how many others they share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shamcrowd.benchmark.charts.sharing import sharing_chart
from shamcrowd.benchmark.reports.recording.account_groups import GroupedAccounts
from shamcrowd.benchmark.reports.recording.entity_links import EntityLinks

QUANTILES = (0.5, 0.9, 1.0)


@dataclass(frozen=True)
class SharingRow:
    """One side's accounts that use a kind of thing: median, 90th percentile and most sharers."""

    name: str
    accounts: int
    median: int
    high: int
    most: int


@dataclass(frozen=True)
class SharedEntities:
    """One kind of thing: how many there are, a chart, a row for each side that uses it."""

    title: str
    plural: str
    things: int
    chart: str
    rows: list[SharingRow]


def shared_entities(people: GroupedAccounts, uses: Sequence[EntityLinks]) -> list[SharedEntities]:
    """Every kind of thing that accounts use, innocent accounts first, then each campaign."""
    innocent = ~people.is_sham
    sides = [("innocent accounts", False, innocent)] + [
        (group.name, True, people.sham == code)
        for code, group in enumerate(people.groups)
        if group.sham
    ]
    supplies = []
    for use in uses:
        users = use.most_shared(len(people.account))
        lines = [
            (name, sham, users[inside & (users > 0)])
            for name, sham, inside in sides
            if (inside & (users > 0)).any()
        ]
        if not lines:
            continue
        rows = []
        for name, _, found in lines:
            low, high, most = np.quantile(found, QUANTILES, method="inverted_cdf")
            rows.append(SharingRow(name, len(found), int(low), int(high), int(most)))
        things = len(np.unique(use.thing))
        supplies.append(
            SharedEntities(use.title, use.plural, things, sharing_chart(use.plural, lines), rows)
        )
    return supplies
