"""Finds figures: one class a file in this folder, in the order of the board."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cache

import shamcrowd.benchmark.closed_loop.figures
from shamcrowd.benchmark.closed_loop.figures.base import AttackFigure, DefenceFigure, Figure

FIRST = (
    "deterrence-ratio",
    "damage-held",
    "tokens-taken",
    "cost-per-million-tokens",
    "dollars-spent",
    "dollars-earned",
    "accounts-burned",
    "tokens-before-contact",
    "tokens-after-contact",
    "replacement-hours",
    "wrong-bans",
    "worst-segment-bans",
    "restore-hours",
    "review-hours",
    "revenue-lost",
)
"""The usual ones in the order of the board; others follow by name."""


@cache
def figures() -> dict[str, Figure]:
    """Every figure, by name.

    >>> list(figures())[:2]
    ['deterrence-ratio', 'damage-held']
    """
    found: dict[str, Figure] = {}
    for module in pkgutil.iter_modules(shamcrowd.benchmark.closed_loop.figures.__path__):
        inside = importlib.import_module(
            f"{shamcrowd.benchmark.closed_loop.figures.__name__}.{module.name}"
        )
        for item in vars(inside).values():
            here = inspect.isclass(item) and item.__module__ == inside.__name__
            if (
                here
                and issubclass(item, AttackFigure | DefenceFigure)
                and not inspect.isabstract(item)
            ):
                found[module.name.replace("_", "-")] = item()
    order = {name: place for place, name in enumerate(FIRST)}
    return dict(sorted(found.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0])))
