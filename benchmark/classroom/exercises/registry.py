"""Finds exercises: one file each, named by its file."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from shamcrowd.benchmark.classroom import exercises as folder
from shamcrowd.benchmark.classroom.exercises.base import Exercise

_OTHERS = {"base", "registry", "wording"}


@cache
def exercises() -> dict[str, Exercise]:
    """Every exercise by name.

    >>> {"look", "rule", "innocent"} <= exercises().keys()
    True
    """
    found = {}
    for module in pkgutil.iter_modules(folder.__path__):
        if module.name not in _OTHERS:
            loaded = importlib.import_module(f"{folder.__name__}.{module.name}")
            [kind] = [
                k for k in vars(loaded).values()
                if isinstance(k, type) and issubclass(k, Exercise)
                and k.__module__ == loaded.__name__
            ]  # fmt: skip
            found[module.name.replace("_", "-")] = kind()
    return found
