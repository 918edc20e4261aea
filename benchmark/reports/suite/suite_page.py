"""The page of a suite: board, a part for each detector and scenario, and how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from shamcrowd.benchmark.charts.critical_difference import ranks_chart
from shamcrowd.benchmark.charts.formatting import NOTHING, as_yaml, duration, memory
from shamcrowd.benchmark.comparison.ranking import Ranking
from shamcrowd.benchmark.reports.rendering import render
from shamcrowd.benchmark.reports.suite.board import span
from shamcrowd.benchmark.reports.suite.costs import detecting_cost
from shamcrowd.benchmark.reports.suite.detectors import MAIN, detector_page
from shamcrowd.benchmark.reports.suite.names import anchors, cut, headline
from shamcrowd.benchmark.reports.suite.overview import across, verdict, what_was_measured
from shamcrowd.benchmark.reports.suite.scenarios import scenario_page
from shamcrowd.benchmark.reports.suite.suite_results import SuiteResults
from shamcrowd.benchmark.scoring.conditions import common
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import KINDS
from shamcrowd.recording.atomic import write_text

NAME = "report.html"
TEMPLATES = Path(__file__).parent / "templates"


def write_suite_report(suite: SuiteResults, path: Path) -> None:
    """Write the page of a suite to ``path``, in one step. Same results, same bytes.

    Raises:
        UsageError: if it cannot be written there.
    """
    board = suite.board
    seal, secret = common(one.versions for one in suite.run)
    detectors = [row for row in board.rows if row.kind == "detector"]
    at = anchors("detector", [row.name for row in detectors])
    at_scenario = anchors("scenario", [p.scenario for p in suite.result.scenarios])
    html = render(
        "suite.html.j2",
        TEMPLATES,
        filters=(cut, duration, memory),
        suite=suite.result,
        run=suite.run,
        measured=what_was_measured(suite.result, suite.run),
        verdict=verdict(board),
        board=board,
        metrics=metrics(),
        kinds=KINDS,
        headline=headline(),
        main=MAIN,
        across={name: across(suite.run, board, name) for name in headline()},
        ranks=_ranks(suite.ranked),
        pages=[detector_page(suite.run, board, row, at[row.name]) for row in detectors],
        scenarios=[
            scenario_page(p, suite.scores.get(p.scenario), at_scenario[p.scenario])
            for p in suite.result.scenarios
        ],
        at=at,
        at_scenario=at_scenario,
        cost=detecting_cost(suite.folder, suite.scores),
        terms=as_yaml(suite.result.terms),
        seal=seal,
        secret=secret,
        span=span,
        nothing=NOTHING,
        meaning=_meaning(),
    )  # fmt: skip
    write_text(path, html)


def _ranks(ranked: Mapping[str, Ranking]) -> list[tuple[str, str, str]]:
    """Title, drawing and words of each headline metric's ranking; no drawing without ranks."""
    found = []
    for name in headline():
        ranking = ranked[name]
        title = metrics()[name].title
        drawn = ranks_chart(ranking, title) if ranking.ranks else ""
        found.append((title, drawn, ranking.reason))
    return found


def _meaning() -> list[tuple[str, str]]:
    """What each metric means, by title."""
    found = []
    for metric in metrics().values():
        first = (type(metric).__doc__ or "").split("\n\n")[0].replace("``", "")
        found.append((metric.title, f"{' '.join(first.split())} {metric.better} is better."))
    return found
