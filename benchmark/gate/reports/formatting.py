"""Figures of a check as text, the same in every report format."""

from __future__ import annotations

from shamcrowd.benchmark.gate.verdict import FigureChange
from shamcrowd.benchmark.scoring.metrics.registry import metrics

TITLES = {
    "worse": "Worse than allowed",
    "missing": "Missing: in the baseline but not in this run",
    "improved": "Improved",
    "new": "New: not in the baseline yet",
}


def figure(value: float | None, metric: str) -> str:
    """A value with the decimals of its unit: one for hours, three otherwise.

    >>> figure(0.98765, "average-precision"), figure(30.25, "time-to-detect"), figure(None, "x")
    ('0.988', '30.2', '–')
    """
    if value is None:
        return "–"
    known = metrics().get(metric)
    digits = 1 if known is not None and known.unit == "hours" else 3
    return f"{round(value, digits) + 0.0:.{digits}f}"


def change(entry: FigureChange) -> str:
    """The change of a figure in one sentence.

    >>> change(FigureChange("s", "d", "average-precision", "worse", 0.9, 0.5, 0.4, 0.05))
    '0.900 → 0.500, 0.400 worse; 0.050 is allowed'
    """
    if entry.note:
        old = "" if entry.old is None else f", was {figure(entry.old, entry.metric)}"
        return entry.note + old
    if entry.kind == "missing":
        return f"was {figure(entry.old, entry.metric)}"
    if entry.kind == "new":
        return f"is {figure(entry.new, entry.metric)}"
    metric = entry.metric
    direction = "worse" if entry.loss > 0 else "better"
    return (
        f"{figure(entry.old, metric)} → {figure(entry.new, metric)}, "
        f"{figure(abs(entry.loss), metric)} {direction}; {figure(entry.allowed, metric)} is allowed"
    )
