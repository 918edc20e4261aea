"""Writes the report: templates filled with scores, nothing fetched, no script."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmark.metrics.base import Metric
from benchmark.metrics.registry import metrics
from benchmark.report import words
from benchmark.report.charts.let_through import let_through
from benchmark.scores import CampaignOutcome, DetectorScores, Measurement, Scores

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Cell:
    """One measurement on the board; ``share`` from 0 to 1 draws a bar, ``note`` is its number."""

    text: str
    interval: str
    share: float | None
    note: int


@dataclass(frozen=True)
class CampaignStory:
    """One campaign on the first scored seed, and how each detector fared."""

    name: str
    tactic: str
    accounts: int
    requests: int
    tokens: int
    panels: list[tuple[DetectorScores, CampaignOutcome, str]]


def write_report(scores: Scores, path: Path) -> None:
    """Write the page for ``scores`` to ``path``, in one step. Same scores, same bytes."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    for filter_ in (words.figure, words.percent, words.count, words.moment):
        environment.filters[filter_.__name__] = filter_
    board, notes = _board(scores)
    html = environment.get_template("page.html.j2").render(
        scores=scores,
        style=Markup((TEMPLATES / "style.css").read_text("utf-8")),
        verdict=words.verdict(scores),
        metrics=list(metrics().values()),
        board=board,
        notes=notes,
        explained=words.explained(),
        stories=_stories(scores),
        judged=[d for d in scores.detectors if d.status == "ok"],
        broken=[d for d in scores.detectors if d.status != "ok"],
        segments=_segments(scores),
        settings=words.as_text(scores.settings),
        markup=Markup,
    )
    aside = path.with_name(path.name + ".partial")
    aside.write_text(html, "utf-8")
    aside.replace(path)


def _board(scores: Scores) -> tuple[list[tuple[DetectorScores, list[Cell]]], list[str]]:
    """A row of cells for each detector, and the notes that they point to."""
    notes: dict[str, int] = {}
    rows = []
    for scored in scores.detectors:
        cells = [
            _cell(words.measured(scored, name), metric, notes) for name, metric in metrics().items()
        ]
        rows.append((scored, cells if scored.status == "ok" else []))
    return rows, list(notes)


def _cell(measured: Measurement, metric: Metric, notes: dict[str, int]) -> Cell:
    value = measured.value
    bounds = (measured.low, measured.high)
    interval = " to ".join(words.figure(b, metric.unit) for b in bounds if b is not None)
    note = 0
    if value is None and measured.note:
        note = notes.setdefault(measured.note, len(notes) + 1)
    share = min(max(value, 0.0), 1.0) if value is not None and metric.unit == "share" else None
    return Cell(words.figure(value, metric.unit), interval, share, note)


def _stories(scores: Scores) -> list[CampaignStory]:
    """Every campaign of the first scored seed, in the order of the first detector's outcomes."""
    stories: dict[str, CampaignStory] = {}
    for scored in scores.detectors:
        for outcome in scored.campaigns:
            if outcome.seed != scores.seeds[0]:
                continue
            story = stories.setdefault(
                outcome.campaign,
                CampaignStory(
                    outcome.campaign, outcome.tactic, outcome.accounts, outcome.requests,
                    outcome.tokens, [],
                ),
            )  # fmt: skip
            story.panels.append((scored, outcome, let_through(outcome, scored.name)))
    return list(stories.values())


def _segments(scores: Scores) -> list[tuple[str, int]]:
    """Segments with the number of innocent accounts in each."""
    sizes: dict[str, int] = {}
    for scored in scores.detectors:
        for segment in scored.segments:
            sizes.setdefault(segment.segment, segment.accounts)
    return sorted(sizes.items())
