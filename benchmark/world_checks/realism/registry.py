"""Finds statistics: the ``STATISTICS`` of every file in this folder."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import shamcrowd.benchmark.world_checks.realism
from shamcrowd.benchmark.world_checks.realism.statistic import Statistic

FAMILIES = "APCLT"
"""Arrivals, profile, clients, lengths, conversations: the order of the card."""


@cache
def statistics() -> tuple[Statistic, ...]:
    """Every statistic, family by family and in each by number.

    >>> [s.id for s in statistics() if s.core]
    ['A1', 'A2', 'A3', 'A4', 'P2', 'P3', 'C1', 'C3', 'C4', 'L1', 'L3', 'L5', 'T1', 'T3']
    """
    found: list[Statistic] = []
    for module in pkgutil.iter_modules(shamcrowd.benchmark.world_checks.realism.__path__):
        inside = importlib.import_module(
            f"{shamcrowd.benchmark.world_checks.realism.__name__}.{module.name}"
        )
        found += getattr(inside, "STATISTICS", ())
    return tuple(sorted(found, key=lambda s: (f"{FAMILIES}{s.id[0]}".index(s.id[0]), s.id)))
