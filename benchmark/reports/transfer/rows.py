"""What the page and its Markdown form show of each set: one row for each detector."""

from __future__ import annotations

from dataclasses import dataclass

from shamcrowd.benchmark.charts.formatting import NOTHING
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.transfer.judging import OF_ACCOUNTS, OF_GROUPS, JudgedDetector
from shamcrowd.benchmark.transfer.ranks import Agreement
from shamcrowd.benchmark.transfer.transfer import SetResult, TransferResult
from shamcrowd.recording.counting import counted

MOST_COLUMNS = 6
"""Columns that are named in a row; more are counted, and stand in ``transfer.json``."""


@dataclass(frozen=True)
class Row:
    """A detector or control on a set: its figures as text, and its places there and here."""

    name: str
    kind: str
    learned: bool
    figures: tuple[str, ...]
    places: str
    said: str


def shown_metrics(result: SetResult) -> tuple[str, ...]:
    """Names of the metrics that were measured on a set."""
    return (*OF_ACCOUNTS, *(OF_GROUPS if result.about.grouped else ()))


def titles(result: SetResult) -> list[str]:
    """Heads of the columns."""
    return [metrics()[name].title for name in shown_metrics(result)]


def rows(result: SetResult) -> list[Row]:
    """Detectors first, the best by average precision first; then controls; then the others."""
    places = _places(result.agreements)

    def order(one: JudgedDetector) -> tuple[bool, bool, float, str]:
        value = one.metrics.get("average-precision")
        return one.status != "ok", one.kind == "control", -(value or 0.0), one.detector

    return [
        Row(
            one.detector, one.kind, one.learned,
            tuple(_text(one.metrics.get(name)) for name in shown_metrics(result)),
            places.get(one.detector, NOTHING), _said(one),
        )
        for one in sorted(result.judged, key=order)
    ]  # fmt: skip


def _said(one: JudgedDetector) -> str:
    """Why a detector has no figures, in a line; "" if it has some."""
    if one.status == "ok":
        return ""
    if one.status == "not applicable" and len(one.blind) > MOST_COLUMNS:
        return (
            f"not applicable: the set has none of the {counted(len(one.blind), 'column')} "
            "it looks at"
        )
    return f"{one.status}: {one.said.splitlines()[0] if one.said else ''}"


def headline(result: TransferResult) -> list[str]:
    """What the ranks say, a sentence for each set and one over all."""
    if not result.board:
        return ["No board was given to compare the order of detectors with (--board)."]
    said = []
    for one in result.sets:
        said += [f"{one.about.title}, {pair_of(a)}: {a.verdict}" for a in one.agreements]
    for what, value in result.overall.items():
        if value is not None:
            mean, (low, high) = value
            holds = "; the interval holds 0" if low <= 0 <= high else ""
            said.append(
                f"Over {len(result.sets)} sets, {what}: mean rank correlation {mean:.2f} "
                f"({low:.2f} to {high:.2f}){holds}."
            )
    flattered = [one.name for one in result.sets if not one.about.independent]
    if flattered:
        said.append(
            f"The labels of {', '.join(flattered)} were made by looking at what accounts share or "
            "by another detector: figures of detectors that link accounts are too good there."
        )
    return said


def pair_of(one: Agreement) -> str:
    """Which metrics are compared."""
    there, here = metrics()[one.there].title, metrics()[one.here].title
    return f"{there} in both" if there == here else f"{there} there against {here} here"


def _places(agreements: list[Agreement]) -> dict[str, str]:
    """Place there and here of each detector that both know, by the first pair with an order."""
    chosen = next((a for a in agreements if a.spearman is not None), None)
    if chosen is None:
        return {}
    there = {n: x for n, (x, _) in chosen.detectors.items()}
    here = {n: y for n, (_, y) in chosen.detectors.items()}
    return {name: f"{_place(there, name)} / {_place(here, name)}" for name in there}


def _place(values: dict[str, float], name: str) -> str:
    """Place from 1; equal values share one."""
    return str(1 + sum(value > values[name] for value in values.values()))


def _text(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.3f}"
