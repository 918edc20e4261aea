"""Finds the explanations: one class per file in this folder."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shamcrowd.recording.errors import PluginError
from shamcrowd.recording.plugins.catalogue import Catalogue, discover
from shamcrowd.recording.plugins.kind import Kind

if TYPE_CHECKING:
    from shamcrowd.benchmark.own_logs.explain.explanations.base import Explanation

EXPLANATIONS = Kind(
    "explanation",
    "explanations",
    "shamcrowd.benchmark.own_logs.explain.explanations",
    base="shamcrowd.benchmark.own_logs.explain.explanations.base:Explanation",
    needed=("title", "ask_next"),
    instances=True,
)


@cache
def explanations() -> Catalogue[Explanation]:
    """All of them, by the file's name.

    Raises:
        PluginError: if one is faulty; a dossier looks for every innocent explanation.

    >>> list(explanations())
    ['carrier', 'course', 'family', 'launch-wave', 'office']
    """
    found: Catalogue[Explanation] = discover(EXPLANATIONS)
    if faults := found.check():
        raise PluginError(faults)
    return found
