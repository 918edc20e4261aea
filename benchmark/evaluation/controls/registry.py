"""Finds the controls of this folder that need the truth, named by their file."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import shamcrowd.benchmark.evaluation.controls
from shamcrowd.benchmark.evaluation.controls.base import ToldControl


@cache
def told_controls() -> dict[str, ToldControl]:
    """Every one, by name.

    >>> list(told_controls())
    ['noisy-oracle', 'oracle']
    """
    found: dict[str, ToldControl] = {}
    for module in pkgutil.iter_modules(shamcrowd.benchmark.evaluation.controls.__path__):
        inside = importlib.import_module(
            f"{shamcrowd.benchmark.evaluation.controls.__name__}.{module.name}"
        )
        for item in vars(inside).values():
            here = isinstance(item, type) and item.__module__ == inside.__name__
            if here and issubclass(item, ToldControl) and item is not ToldControl:
                found[module.name.replace("_", "-")] = item()
    return found
