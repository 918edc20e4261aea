"""Finds labelled sets: one class a file in ``sets``, named by its file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shamcrowd.recording.plugins.catalogue import Catalogue, discover
from shamcrowd.recording.plugins.kind import Kind

if TYPE_CHECKING:
    from shamcrowd.benchmark.transfer.set_base import LabelledSet

LABELLED_SETS = Kind(
    "labelled set",
    "labelled-sets",
    "shamcrowd.benchmark.transfer.sets",
    base="shamcrowd.benchmark.transfer.set_base:LabelledSet",
    needed=("title", "source", "licence", "save", "patterns", "things", "labels", "not_labels"),
    instances=True,
)


@cache
def labelled_sets() -> Catalogue[LabelledSet]:
    """Every one that can be used, by name.

    >>> "hop" in labelled_sets()
    True
    """
    found: Catalogue[LabelledSet] = discover(LABELLED_SETS)
    return found
