"""The three pages: arms race, duel, sweep. The same scores give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.charts.curves import curves
from shamcrowd.benchmark.charts.formatting import quantity, quantity_interval
from shamcrowd.benchmark.charts.harm_and_deterrence import harm_and_deterrence
from shamcrowd.benchmark.charts.heat_map import by_deterrence, by_harm, heat_map
from shamcrowd.benchmark.charts.waves import waves
from shamcrowd.benchmark.closed_loop.duel import DuelScores
from shamcrowd.benchmark.closed_loop.figures.registry import figures
from shamcrowd.benchmark.closed_loop.lever_totals import levers_of
from shamcrowd.benchmark.closed_loop.open_against_closed import DAMAGE
from shamcrowd.benchmark.closed_loop.results import LoopedDetector, LoopScores
from shamcrowd.benchmark.reports.closed_loop.response_findings import response_findings
from shamcrowd.benchmark.reports.rendering import render
from shamcrowd.benchmark.scoring.conditions import conditions
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.suites.sweep import SweepScores
from shamcrowd.recording.atomic import write_text

TEMPLATES = Path(__file__).parent / "templates"
COMPARED = (DAMAGE, "campaign-recall", "recall-at-0-1-percent", "worst-segment-fpr")
"""Metrics shown open, closed and as their gap."""
SWEPT = ("campaign-recall", "recall-at-0-1-percent", "damage-prevented", "worst-segment-fpr")


@dataclass(frozen=True)
class CampaignTimelines:
    """One campaign on the first seed, a picture for each detector."""

    name: str
    panels: list[tuple[LoopedDetector, str]]


def write_arms_race(scores: LoopScores, path: Path) -> None:
    """Write the page of a closed loop."""
    judged = [d for d in scores.detectors if d.status == "ok"]
    html = _page(
        "arms_race.html.j2",
        scores=scores,
        judged=judged,
        broken=[d for d in scores.detectors if d.status != "ok"],
        compared=[(name, _titled(name)) for name in COMPARED],
        shown=[(name, f) for name, f in figures().items() if name != DAMAGE],
        stories=_stories(scores, judged),
        segments=sorted({s for d in judged for s in d.banned}),
        few=len(scores.seeds) < 5,
        conditions=conditions(scores.seal, scores.secret),
    )
    write_text(path, html)


def write_duel(scores: DuelScores, path: Path) -> None:
    """Write the page of a duel."""
    known = figures()
    maps = [
        (known[name].title, heat_map(scores, name, known[name].unit, known[name].title, shade))
        for name, shade in (("deterrence-ratio", by_deterrence), ("people-hurt", by_harm))
    ]
    html = _page(
        "duel.html.j2", scores=scores, maps=maps, shown=list(known.items()),
        broken=[c for c in scores.cells if c.status != "ok"], few=len(scores.seeds) < 5,
        findings=response_findings(scores),
        levers=[(row, total) for row in scores.rows for total in levers_of(scores, row)],
        hurt=_hurt(scores),
        harm=harm_and_deterrence(scores) if len(scores.responses) > 1 else "",
        conditions=conditions(scores.seal, scores.secret),
    )  # fmt: skip
    write_text(path, html)


def _hurt(scores: DuelScores) -> list[tuple[tuple[str, str], str, int, int]]:
    """Legitimate accounts hurt and all of them, by row and segment, most of a segment first."""
    found = []
    for row in scores.rows:
        totals: dict[str, tuple[int, int]] = {}
        for strategy in scores.strategies:
            for segment, (hurt, every) in scores.cell(*row, strategy).hurt.items():
                one, two = totals.get(segment, (0, 0))
                totals[segment] = one + hurt, two + every
        ranked = sorted(totals.items(), key=lambda item: (-item[1][0] / item[1][1], item[0]))
        found += [(row, segment, hurt, every) for segment, (hurt, every) in ranked if hurt]
    return found


def write_sweep(scores: SweepScores, path: Path) -> None:
    """Write the page of evasion curves."""
    shown = [(name, metrics()[name].title) for name in SWEPT]
    panels = [
        (d, curves(d.name, {n: (t, d.curves[n]) for n, t in shown}, scores.knob, scores.values))
        for d in scores.detectors
        if d.status == "ok"
    ]
    html = _page(
        "sweep.html.j2", scores=scores, panels=panels, shown=shown,
        broken=[d for d in scores.detectors if d.status != "ok"], few=len(scores.seeds) < 5,
        conditions=conditions(scores.seal, scores.secret),
    )  # fmt: skip
    write_text(path, html)


def _page(template: str, **values: Any) -> str:
    return render(
        template, TEMPLATES, quantity=quantity, quantity_interval=quantity_interval, **values
    )


def _titled(name: str) -> str:
    return figures()[name].title if name in figures() else metrics()[name].title


def _stories(scores: LoopScores, judged: Sequence[LoopedDetector]) -> list[CampaignTimelines]:
    stories = []
    for number, bare in enumerate(scores.undefended["tracks"]):
        panels = []
        for detector in judged:
            line = detector.timeline
            drawn = waves(
                line["tracks"][number], bare["tokens"], line["reviews"], line["wrong"],
                detector.name,
            )  # fmt: skip
            panels.append((detector, drawn))
        stories.append(CampaignTimelines(bare["campaign"], panels))
    return stories
