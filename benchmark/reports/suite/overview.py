"""The main results of a suite in sentences, and every detector in every scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shamcrowd.benchmark.charts.formatting import (
    NOTHING,
    count_range,
    figure,
    interval,
    percent,
)
from shamcrowd.benchmark.reports.suite.board import SuiteBoard
from shamcrowd.benchmark.reports.suite.names import headline, some
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.benchmark.suites.result import SuiteResult
from shamcrowd.recording.counting import counted

HARM = 2.0
"""A rate of one half has the deepest shade."""


@dataclass(frozen=True)
class MetricRow:
    """One detector by one metric: for each scenario the value as text and the depth of its shade.

    ``shades`` are 0 to 1; None where nothing was measured.
    """

    name: str
    kind: str
    texts: list[str]
    shades: list[float | None]


def what_was_measured(result: SuiteResult, run: Sequence[Scores]) -> str:
    """Detectors, recordings and prevalence, in a sentence."""
    names = {(d.name, d.kind) for scores in run for d in scores.detectors}
    detectors = sum(kind == "detector" for _, kind in names)
    controls = sum(kind == "control" for _, kind in names)
    if not run:
        return f"None of {counted(len(result.scenarios), 'scenario')} could be simulated."
    seeds = {len(s.seeds) for s in run}
    records = [r for s in run for r in s.recordings]
    shares = [r.prevalence for r in records]
    many = f"{count_range(sorted(seeds))} seed{'s' if seeds != {1} else ''}"
    return (
        f"{counted(detectors, 'detector')} and {counted(controls, 'control')} scored "
        f"{count_range([r.accounts for r in records])} accounts and "
        f"{count_range([r.requests for r in records])} requests in each of "
        f"{counted(len(run), 'scenario')}, {many} each; {percent(min(shares))} to "
        f"{percent(max(shares))} of the accounts are sham."
    )


def verdict(board: SuiteBoard) -> list[str]:
    """The main results by headline metric."""
    said = []
    for name, metric in headline().items():
        of = board.by[name]
        if not of.best:
            said.append(f"{_title(name)}: {_nobody(board, name)}.")
            continue
        level = of.rows[of.best].level
        mean = figure(level.value, metric.unit)
        if ends := interval(level.low, level.high, metric.unit):
            mean += f" (95 % interval {ends})"
        line = f"{_title(name)}: {of.best} leads with {mean}"
        others = {r.name for r in board.of("detector")}
        found = {n: row.to_best.verdict for n, row in of.rows.items()
                 if n in others and row.to_best is not None}  # fmt: skip
        rivals = [n for n, comparison in found.items() if comparison == "cannot tell"]
        ahead = [n for n, comparison in found.items() if comparison == "better"]
        if rivals:
            line += f"; no difference from {some(rivals)} could be shown"
        if ahead:
            line += f"; {some(ahead)} did better but was not measured in every scenario"
        against = of.rows[of.best].to_control
        if against is not None and against.verdict == "better":
            line += (
                f"; it is better than {of.control}, the best control that does not read the truth"
            )
        elif against is not None and against.verdict:
            line += f"; compared with {of.control}, the best control that does not read the truth: "
            line += against.verdict
        said.append(line + ".")
    return said


def _nobody(board: SuiteBoard, name: str) -> str:
    """Why nobody leads."""
    of, names = board.by[name], {row.name for row in board.of("detector")}
    whole = [n for n in names if n in of.rows and of.rows[n].level.scenarios == of.scenarios]
    if not whole or metrics()[name].better == "higher":
        return "no detector was measured in every scenario"
    return "no detector leads, as none finds more sham accounts than the controls do"


def _title(name: str) -> str:
    title = metrics()[name].title
    return title[:1].upper() + title[1:]


def across(run: Sequence[Scores], board: SuiteBoard, name: str) -> list[MetricRow]:
    """All detectors in all scenarios by one metric, in the order of the board."""
    metric = metrics()[name]
    # Differences between small false-positive rates must be visible too.
    times = HARM if metric.better == "lower" else 1.0
    rows = []
    for row in board.rows:
        texts, shades = [], []
        for scores in run:
            scored = next((d for d in scores.detectors if d.name == row.name), None)
            measured = scored.metrics.get(name) if scored is not None else None
            value = measured.value if measured is not None else None
            if scored is not None and scored.status != "ok":
                texts.append(scored.status)
            else:
                texts.append(NOTHING if value is None else figure(value, metric.unit))
            shades.append(None if value is None else min(max(value * times, 0.0), 1.0))
        rows.append(MetricRow(row.name, row.kind, texts, shades))
    return rows
