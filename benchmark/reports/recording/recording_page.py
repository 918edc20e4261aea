"""The page of a recording: its tables and its truth for human readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from shamcrowd.benchmark.charts import formatting
from shamcrowd.benchmark.charts.busyness import busyness_chart
from shamcrowd.benchmark.charts.hours import TimeAxis, hours_chart
from shamcrowd.benchmark.charts.network import LINKING, shape
from shamcrowd.benchmark.charts.strips import strips_chart
from shamcrowd.benchmark.reports.recording.account_groups import (
    GroupedAccounts,
    NamedGroup,
    read_groups,
)
from shamcrowd.benchmark.reports.recording.activity_comparison import (
    ActivityComparison,
    compare_activity,
    honest_days,
)
from shamcrowd.benchmark.reports.recording.entity_links import find_links
from shamcrowd.benchmark.reports.recording.networks import draw_networks
from shamcrowd.benchmark.reports.recording.sharing_section import shared_entities
from shamcrowd.benchmark.reports.recording.traffic_counts import TrafficCounts, count_traffic
from shamcrowd.benchmark.reports.recording.vocabulary import PHASES, explained, releases
from shamcrowd.benchmark.reports.rendering import render
from shamcrowd.benchmark.scoring.conditions import UNLABELLED_NOTE
from shamcrowd.recording.atomic import write_text
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import MS_PER_HOUR

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class ExtraSection:
    """A section made elsewhere; ``html`` is trusted and included unchanged."""

    title: str
    html: str


@dataclass(frozen=True)
class GroupRow:
    """Figures of one group.

    ``share`` is its accounts divided by those of the largest group. ``median``, ``high`` (95 %) and
    ``most`` are requests per account-day with any; ``first`` and ``last`` are the hours (ms since
    1970) of its first and last request.
    """

    group: NamedGroup
    accounts: int
    requests: int
    abusive: int
    tokens: int
    median: float | None
    high: int
    most: int
    share: float
    first: int
    last: int
    hours: str


@dataclass(frozen=True)
class CampaignActivity:
    """One campaign: its figures, a comparison with legitimate accounts, and a histogram of both."""

    row: GroupRow
    activity: ActivityComparison | None
    chart: str


def write_recording_report(folder: Path, path: Path, cards: Sequence[ExtraSection] = ()) -> None:
    """Write the page of the recording in ``folder`` to ``path``, in one step.

    ``cards`` follow the sections of this page. The same recording and cards give the same bytes.

    Raises:
        RecordingError: if ``folder`` does not hold a complete recording, as it was written.
    """
    write_text(path, render("recording.html.j2", TEMPLATES, **page_values(Truth(folder), cards)))


def page_values(truth: Truth, cards: Sequence[ExtraSection] = ()) -> dict[str, Any]:
    """What the template ``recording.html.j2`` shows of a recording.

    Raises:
        RecordingError: if a table cannot be read.
    """
    people, manifest = read_groups(truth), truth.manifest
    traffic = count_traffic(truth, people)
    uses = find_links(truth.folder, people.account, traffic.pairs)
    came = releases(manifest)
    axis = TimeAxis(manifest.start, manifest.end, tuple(time for _, time in came))
    rows = _rows(people, traffic, axis)
    return {
        "manifest": manifest,
        "unlabelled": UNLABELLED_NOTE,
        "title": str(manifest.resolved.get("title") or manifest.scenario),
        "about": str(manifest.resolved.get("about") or ""),
        "accounts": len(people.account),
        "shams": int(people.is_sham.sum()),
        "requests": int(traffic.requests.sum()),
        "abusive": int(traffic.abusive.sum()),
        "rows": rows,
        "populations": [row for row in rows if not row.group.sham],
        "stories": _stories(people, traffic, rows),
        "everybody": _all_requests(people, traffic, axis),
        "releases": came,
        "phases": PHASES,
        "terms": explained([row.group for row in rows]),
        "strips": strips_chart(
            [(g.name, g.sham, d) for g, d in zip(people.groups, traffic.days, strict=True)]
        ),
        "networks": draw_networks(people, uses),
        "shapes": {name: shape(name) for name in LINKING},
        "supply": shared_entities(people, uses),
        "cards": cards,
        "settings": formatting.as_yaml(manifest.played),
    }


def _rows(people: GroupedAccounts, traffic: TrafficCounts, axis: TimeAxis) -> list[GroupRow]:
    sizes, largest = people.sizes, max(int(people.sizes.max(initial=1)), 1)
    rows = []
    hours = np.arange(traffic.hourly.shape[1]) * MS_PER_HOUR + axis.start
    for code, group in enumerate(people.groups):
        days = traffic.days[code]
        busy = hours[traffic.hourly[code] > 0]
        parts = [("sham" if group.sham else "honest", traffic.hourly[code])]
        rows.append(
            GroupRow(
                group=group,
                accounts=int(sizes[code]),
                requests=int(traffic.requests[code]),
                abusive=int(traffic.abusive[code]),
                tokens=int(traffic.tokens[code]),
                median=float(np.median(days)) if len(days) else None,
                high=int(days[int(len(days) * 0.95)]) if len(days) else 0,
                most=int(days[-1]) if len(days) else 0,
                share=int(sizes[code]) / largest,
                first=int(busy[0]) if len(busy) else axis.start,
                last=int(busy[-1]) if len(busy) else axis.start,
                hours=hours_chart(group.name, parts, axis, group.phases),
            )
        )
    return rows


def _stories(
    people: GroupedAccounts, traffic: TrafficCounts, rows: Sequence[GroupRow]
) -> list[CampaignActivity]:
    others = honest_days(people, traffic)
    stories = []
    for code, row in enumerate(rows):
        if not row.group.sham:
            continue
        activity = compare_activity(people, traffic, code)
        chart = busyness_chart(row.group.name, traffic.days[code], others) if activity else ""
        stories.append(CampaignActivity(row, activity, chart))
    return stories


def _all_requests(people: GroupedAccounts, traffic: TrafficCounts, axis: TimeAxis) -> str:
    sham = np.array([g.sham for g in people.groups], np.bool_)
    parts = [("honest", traffic.hourly[~sham].sum(axis=0))]
    if sham.any():
        parts.insert(0, ("sham", traffic.hourly[sham].sum(axis=0)))
    return hours_chart("All requests", parts, axis)
