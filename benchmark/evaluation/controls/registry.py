"""Finds the controls of this folder that need the truth, named by their file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shamcrowd.recording.plugins.catalogue import Catalogue, discover
from shamcrowd.recording.plugins.kind import Kind

if TYPE_CHECKING:
    from shamcrowd.benchmark.evaluation.controls.base import ToldControl

CONTROLS = Kind(
    "control",
    "controls",
    "shamcrowd.benchmark.evaluation.controls",
    base="shamcrowd.benchmark.evaluation.controls.base:ToldControl",
    needed=("reason",),
    instances=True,
)


@cache
def told_controls() -> Catalogue[ToldControl]:
    """Every one that can be used, by name.

    >>> list(told_controls())
    ['noisy-oracle', 'oracle']
    """
    found: Catalogue[ToldControl] = discover(CONTROLS)
    found.load_all()
    return found
