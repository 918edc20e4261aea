"""Finds the figures: one class per file in this folder, in display order."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shamcrowd.recording.plugins.catalogue import Catalogue, discover
from shamcrowd.recording.plugins.kind import Kind

if TYPE_CHECKING:
    from shamcrowd.benchmark.closed_loop.figures.base import Figure

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
    "people-hurt",
    "worst-segment-hurt",
    "people-per-sham",
    "moved-away-hours",
    "restore-hours",
    "review-hours",
    "revenue-lost",
)
"""Built-in figures in display order; others follow by name."""

FIGURES = Kind(
    "figure",
    "figures",
    "shamcrowd.benchmark.closed_loop.figures",
    base="shamcrowd.benchmark.closed_loop.figures.base:_Named",
    needed=("title", "short", "unit", "better"),
    choices={
        "unit": ("share", "hours", "dollars", "tokens", "ratio", "count"),
        "better": ("higher", "lower"),
    },
    instances=True,
    first=FIRST,
)


@cache
def figures() -> Catalogue[Figure]:
    """All available figures, by name.

    >>> list(figures())[:2]
    ['deterrence-ratio', 'damage-held']
    """
    found: Catalogue[Figure] = discover(FIGURES)
    found.load_all()
    return found
