"""Finds the controls of this folder: classes with a method ``trace``, named by their file."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol

import benchmark.controls
from benchmark.scoring.sealed import Sealed
from benchmark.trace import Trace


class ToldControl(Protocol):
    """Says what it says by looking at the truth."""

    def trace(self, sealed: Sealed) -> Trace:
        """What it would have said over the whole recording."""
        ...


@cache
def told_controls() -> dict[str, ToldControl]:
    """Every one, by name.

    >>> list(told_controls())
    ['noisy-oracle', 'oracle']
    """
    found: dict[str, ToldControl] = {}
    for module in pkgutil.iter_modules(benchmark.controls.__path__):
        inside = importlib.import_module(f"{benchmark.controls.__name__}.{module.name}")
        for item in vars(inside).values():
            here = isinstance(item, type) and item.__module__ == inside.__name__
            if here and hasattr(item, "trace") and not getattr(item, "_is_protocol", False):
                found[module.name.replace("_", "-")] = item()
    return found
