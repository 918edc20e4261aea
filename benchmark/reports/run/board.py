"""The leaderboard: headline metrics, then the others; a row for each detector, and notes."""

from __future__ import annotations

from dataclasses import dataclass

from shamcrowd.benchmark.charts.formatting import NOTHING, figure, interval
from shamcrowd.benchmark.comparison.reference_scores import reference_scores
from shamcrowd.benchmark.reports.run.verdict import measured
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import DetectorScores, Measurement, Scores


@dataclass(frozen=True)
class BoardColumn:
    """One metric. ``scale`` describes its values."""

    name: str
    title: str
    unit: str
    lower: bool
    scale: str
    meaning: str


@dataclass(frozen=True)
class BoardCell:
    """One measurement; ``share`` (0 to 1) draws a bar, ``note`` is the number of its note or 0."""

    text: str
    interval: str
    share: float | None
    note: int
    tip: str


@dataclass(frozen=True)
class BoardTable:
    """Rows in the order of the scores; a detector that failed has no cells.

    ``floors`` has two rows with a value as text and a name for each column: the chance level, and
    the best control that does not read the truth.
    """

    columns: list[BoardColumn]
    rows: list[tuple[DetectorScores, list[BoardCell]]]
    floors: list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Board:
    """Headline metrics and the others; ``notes`` say why something was not measured."""

    headline: BoardTable
    rest: BoardTable
    notes: list[str]


def make_board(scores: Scores, headline_only: bool = False) -> Board:
    """Lay out the board: known metrics in their order, then others by name.

    With ``headline_only`` the other metrics and their notes are left out.
    """
    named = {name for scored in scores.detectors for name in scored.metrics}
    known = [name for name in metrics() if name in named]
    first = [_known(n) for n in known if metrics()[n].display == "headline"]
    rest = [
        *(_known(n) for n in known if metrics()[n].display != "headline"),
        *(_unknown(name) for name in sorted(named.difference(known))),
    ]
    notes: dict[str, int] = {}
    headline = _table(scores, first, notes)
    return Board(headline, _table(scores, [] if headline_only else rest, notes), list(notes))


def _table(scores: Scores, columns: list[BoardColumn], notes: dict[str, int]) -> BoardTable:
    rows = [
        (scored, [_cell(measured(scored, c.name), c, notes) for c in columns])
        if scored.status == "ok"
        else (scored, [])
        for scored in scores.detectors
    ]
    ends = {c.name: reference_scores(scores, c.name) for c in columns if c.name in metrics()}
    chance, control = [], []
    for column in columns:
        end = ends.get(column.name)
        chance.append((figure(end.chance, column.unit) if end else NOTHING, ""))
        best = figure(end.best_control, column.unit) if end else NOTHING
        control.append((best, end.control if end else ""))
    return BoardTable(columns, rows, [("chance", chance), ("best control", control)])


def _known(name: str) -> BoardColumn:
    metric = metrics()[name]
    first = (type(metric).__doc__ or "").split("\n\n")[0].replace("``", "")
    numbers = "Hours" if metric.unit == "hours" else "0 to 1"
    return BoardColumn(
        name, metric.title, metric.unit, metric.better == "lower",
        f"{numbers}, {metric.better} is better.", " ".join(first.split()),
    )  # fmt: skip


def _unknown(name: str) -> BoardColumn:
    meaning = "This version does not know the metric; its values are shown as they were found."
    return BoardColumn(name, name.replace("-", " "), "", False, "", meaning)


def _cell(measurement: Measurement, column: BoardColumn, notes: dict[str, int]) -> BoardCell:
    value, low, high = measurement.value, measurement.low, measurement.high
    if value is None:
        note = measurement.note or "no reason was given"
        number = notes.setdefault(note, len(notes) + 1)
        return BoardCell(figure(None, column.unit), "", None, number, f"Not measured: {note}")
    share = max(value, 0.0) if column.unit == "share" else None
    seeds = ", ".join(figure(v, column.unit) for v in measurement.by_seed)
    return BoardCell(
        figure(value, column.unit),
        interval(low, high, column.unit),
        share,
        0,
        f"By seed: {seeds}" if seeds else "",
    )
