"""Finds metrics: one class a file in this folder, in the order of the board."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from shamcrowd.recording.plugins.catalogue import Catalogue, discover
from shamcrowd.recording.plugins.kind import Kind

if TYPE_CHECKING:
    from shamcrowd.benchmark.scoring.metrics.base import Metric

FIRST = (
    "campaign-recall",
    "recall-at-0-1-percent",
    "recall-at-1-percent",
    "average-precision",
    "b-cubed-f1",
    "damage-prevented",
    "time-to-detect",
    "worst-segment-fpr",
)
"""The usual ones in the order of the board; others follow by name."""


def _wrong(metric: Any) -> Iterator[str]:
    if not metric.low < metric.high:
        yield f"`low` ({metric.low}) must be below `high` ({metric.high})"
    if metric.short.count("\n") > 1:
        yield "`short` is the head of a column: two lines at most"


METRICS = Kind(
    "metric",
    "metrics",
    "shamcrowd.benchmark.scoring.metrics",
    base="shamcrowd.benchmark.scoring.metrics.base:Metric",
    needed=("title", "short", "value_best", "value_all_flagged", "value_none_flagged"),
    choices={
        "unit": ("share", "hours", "ratio"),
        "better": ("higher", "lower"),
        "display": ("headline", "shown", "report"),
    },
    instances=True,
    first=FIRST,
    check=_wrong,
)


@cache
def metrics() -> Catalogue[Metric]:
    """Every metric that can be used, by name.

    >>> list(metrics())[:2]
    ['campaign-recall', 'recall-at-0-1-percent']
    """
    found: Catalogue[Metric] = discover(METRICS)
    found.load_all()
    return found
