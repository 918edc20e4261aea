"""Finds metrics: one class a file in this folder, in the order of the board."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import shamcrowd.benchmark.scoring.metrics
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


@cache
def metrics() -> dict[str, Metric]:
    """Every metric, by name.

    >>> list(metrics())[:2]
    ['campaign-recall', 'recall-at-0-1-percent']
    """
    found: dict[str, Metric] = {}
    for module in pkgutil.iter_modules(shamcrowd.benchmark.scoring.metrics.__path__):
        inside = importlib.import_module(
            f"{shamcrowd.benchmark.scoring.metrics.__name__}.{module.name}"
        )
        for item in vars(inside).values():
            if (
                isinstance(item, type)
                and issubclass(item, Metric)
                and item.__module__ == inside.__name__
                and item is not Metric
            ):
                found[module.name.replace("_", "-")] = item()
    order = {name: place for place, name in enumerate(FIRST)}
    return dict(sorted(found.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0])))
