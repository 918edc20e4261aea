"""Finds the controls of this folder that need the truth, named by their file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shamcrowd.recording.plugins.catalogue import Catalogue, discover
from shamcrowd.recording.plugins.kind import Kind

if TYPE_CHECKING:
    from shamcrowd.benchmark.evaluation.controls.base import TruthControl

CONTROLS = Kind(
    "control",
    "controls",
    "shamcrowd.benchmark.evaluation.controls",
    base="shamcrowd.benchmark.evaluation.controls.base:TruthControl",
    needed=("reason",),
    instances=True,
)


@cache
def truth_controls() -> Catalogue[TruthControl]:
    """Every one that can be used, by name.

    >>> list(truth_controls())
    ['noisy-oracle', 'oracle']
    """
    found: Catalogue[TruthControl] = discover(CONTROLS)
    found.load_all()
    return found
