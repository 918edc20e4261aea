"""The leaderboard: a column for each metric, a row for each detector, and the notes."""

from __future__ import annotations

from dataclasses import dataclass

from benchmark.anchors import anchors
from benchmark.metrics.registry import metrics
from benchmark.report.verdict import measured
from benchmark.report.words import figure
from benchmark.scores import DetectorScores, Measurement, Scores


@dataclass(frozen=True)
class Column:
    """One metric. ``scale`` says what its numbers are, ``aside`` stands under its head."""

    name: str
    title: str
    unit: str
    lower: bool
    scale: str
    meaning: str
    aside: str = ""


@dataclass(frozen=True)
class Cell:
    """One measurement; ``share`` (0 to 1) draws a bar, ``note`` is its number or 0."""

    text: str
    interval: str
    share: float | None
    note: int
    tip: str


@dataclass(frozen=True)
class Board:
    """Rows in the order of the scores; a detector that is not ok has no cells."""

    columns: list[Column]
    rows: list[tuple[DetectorScores, list[Cell]]]
    notes: list[str]


def make_board(scores: Scores) -> Board:
    """Lay out the board: known metrics in their order, then others by name."""
    named = {name for scored in scores.detectors for name in scored.metrics}
    known = [name for name in metrics() if name in named]
    columns = [
        *(_known(name, scores) for name in known),
        *(_unknown(name) for name in sorted(named.difference(known))),
    ]
    notes: dict[str, int] = {}
    rows = [
        (scored, [_cell(measured(scored, c.name), c, notes) for c in columns])
        if scored.status == "ok"
        else (scored, [])
        for scored in scores.detectors
    ]
    return Board(columns, rows, list(notes))


def _known(name: str, scores: Scores) -> Column:
    metric = metrics()[name]
    aside = ", ".join(
        f"{what} {figure(value, metric.unit)}" for what, value in anchors(scores, name).told()
    )
    first = (type(metric).__doc__ or "").split("\n\n")[0].replace("``", "")
    numbers = "Hours" if metric.unit == "hours" else "0 to 1"
    return Column(
        name, metric.title, metric.unit, metric.better == "lower",
        f"{numbers}, {metric.better} is better.", " ".join(first.split()), aside,
    )  # fmt: skip


def _unknown(name: str) -> Column:
    meaning = "A metric that this version does not know, as it was found."
    return Column(name, name.replace("-", " "), "", False, "", meaning)


def _cell(measurement: Measurement, column: Column, notes: dict[str, int]) -> Cell:
    value, low, high = measurement.value, measurement.low, measurement.high
    if value is None:
        note = measurement.note or "no reason was given"
        number = notes.setdefault(note, len(notes) + 1)
        return Cell(figure(None, column.unit), "", None, number, f"Not measured: {note}")
    interval = ""
    if low is not None and high is not None:
        interval = f"{figure(low, column.unit)} to {figure(high, column.unit)}"
    share = max(value, 0.0) if column.unit == "share" else None
    seeds = ", ".join(figure(v, column.unit) for v in measurement.by_seed)
    return Cell(
        figure(value, column.unit), interval, share, 0, f"By seed: {seeds}" if seeds else ""
    )
