"""The things that accounts use, and with how many other accounts they share them."""

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
    """How many accounts share an entity with those of one side: median, 90 % and maximum."""

    name: str
    accounts: int
    median: int
    high: int
    most: int


@dataclass(frozen=True)
class SharedKind:
    """One kind of entity: how many there are, a chart, and a row for each side that uses it."""

    title: str
    plural: str
    things: int
    chart: str
    rows: list[SharingRow]


def shared_entities(people: GroupedAccounts, uses: Sequence[EntityLinks]) -> list[SharedKind]:
    """Every kind of entity that accounts use: legitimate accounts first, then each campaign."""
    legitimate = ~people.is_sham
    sides = [("legitimate accounts", False, legitimate)] + [
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
            SharedKind(use.title, use.plural, things, sharing_chart(use.plural, lines), rows)
        )
    return supplies
