"""Writes the report of a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shamcrowd.benchmark.charts import formatting
from shamcrowd.benchmark.charts.let_through import let_through
from shamcrowd.benchmark.charts.reliability import reliability_curve
from shamcrowd.benchmark.reports.rendering import render
from shamcrowd.benchmark.reports.run.board import make_board
from shamcrowd.benchmark.reports.run.verdict import verdict, what_was_measured
from shamcrowd.benchmark.scoring.scores import CampaignOutcome, DetectorScores, Scores
from shamcrowd.recording.atomic import write_text


@dataclass(frozen=True)
class CampaignPanels:
    """One campaign on the first scored seed, with a panel for each detector."""

    name: str
    tactic: str
    accounts: int
    requests: int
    tokens: int
    panels: list[tuple[DetectorScores, CampaignOutcome, str]]


def write_report(scores: Scores, path: Path) -> None:
    """Write the report to ``path``, in one step. The same scores give the same bytes."""
    html = render(
        "page.html.j2",
        scores=scores,
        measured=what_was_measured(scores),
        verdict=verdict(scores),
        board=make_board(scores),
        stories=_stories(scores),
        judged=[d for d in scores.detectors if d.status == "ok"],
        broken=[d for d in scores.detectors if d.status != "ok"],
        segments=_segments(scores),
        calibrated=[
            (d, reliability_curve(d.name, d.reliability)) for d in scores.detectors if d.reliability
        ],
        settings=formatting.as_yaml(scores.settings),
        nothing=formatting.NOTHING,
    )
    write_text(path, html)


def _stories(scores: Scores) -> list[CampaignPanels]:
    """Every campaign of the first scored seed, in the order of the first detector's outcomes."""
    stories: dict[str, CampaignPanels] = {}
    for scored in scores.detectors:
        for outcome in scored.campaigns:
            if outcome.seed != scores.seeds[0]:
                continue
            story = stories.setdefault(
                outcome.campaign,
                CampaignPanels(
                    outcome.campaign, outcome.tactic, outcome.accounts, outcome.requests,
                    outcome.tokens, [],
                ),
            )  # fmt: skip
            story.panels.append((scored, outcome, let_through(outcome, scored.name)))
    return list(stories.values())


def _segments(scores: Scores) -> list[tuple[str, int]]:
    """Segments with the number of legitimate accounts in each."""
    sizes: dict[str, int] = {}
    for scored in scores.detectors:
        for segment in scored.segments:
            sizes.setdefault(segment.segment, segment.accounts)
    return sorted(sizes.items())
