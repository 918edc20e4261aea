"""One scenario of a suite: what it contains, its board, results by tactic and over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shamcrowd.benchmark.charts.detection import detection_curve
from shamcrowd.benchmark.charts.formatting import as_yaml
from shamcrowd.benchmark.charts.over_time import over_time
from shamcrowd.benchmark.reports.run.board import Board, make_board
from shamcrowd.benchmark.reports.run.verdict import verdict
from shamcrowd.benchmark.scoring.scores import DetectorScores, Scores
from shamcrowd.benchmark.suites.result import ScenarioOutcome
from shamcrowd.recording.units import MS_PER_HOUR


@dataclass(frozen=True)
class ByTactic:
    """One detector: share of the accounts flagged by tactic, over all scored seeds."""

    scored: DetectorScores
    shares: list[float | None]
    chart: str


@dataclass(frozen=True)
class ScenarioPage:
    """The part of the report about one scenario; ``scores`` is None if it failed.

    ``anchor`` is the target of links to it. ``populations`` and ``campaigns`` have their number of
    accounts.
    """

    played: ScenarioOutcome
    anchor: str
    scores: Scores | None
    board: Board | None
    verdict: list[str]
    populations: list[tuple[str, int]]
    campaigns: list[tuple[str, str, int]]
    tactics: list[str]
    rows: list[ByTactic]
    settings: str


def scenario_page(played: ScenarioOutcome, scores: Scores | None, anchor: str) -> ScenarioPage:
    """Collect it from the scores."""
    if scores is None:
        return ScenarioPage(played, anchor, None, None, [], [], [], [], [], "")
    tactics = sorted({c.tactic for d in scores.detectors for c in d.campaigns})
    rows = [
        ByTactic(d, [_flagged(d, t) for t in tactics], _chart(d, scores))
        for d in scores.detectors
        if d.status == "ok"
    ]
    return ScenarioPage(
        played, anchor, scores, make_board(scores, headline_only=True), verdict(scores),
        [(name, _many(of)) for name, of in _section(scores, "populations")],
        [(n, str(of.get("tactic", "")), _many(of)) for n, of in _section(scores, "campaigns")],
        tactics, rows, as_yaml(scores.settings),
    )  # fmt: skip


def _section(scores: Scores, name: str) -> Sequence[tuple[str, dict[str, Any]]]:
    found = scores.settings.get(name) or {}
    return [(key, of) for key, of in found.items() if isinstance(of, dict)]


def _many(settings: dict[str, Any]) -> int:
    many = settings.get("accounts")
    return many if isinstance(many, int) else 0


def _flagged(scored: DetectorScores, tactic: str) -> float | None:
    of = [c for c in scored.campaigns if c.tactic == tactic]
    accounts = sum(c.accounts for c in of)
    return sum(c.flagged for c in of) / accounts if accounts else None


def _chart(scored: DetectorScores, scores: Scores) -> str:
    hours = (scores.end - scores.start) / MS_PER_HOUR
    return over_time(scored.name, detection_curve(scored, scores.seeds), hours)
