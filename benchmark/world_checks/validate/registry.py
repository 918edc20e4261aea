"""Finds the checks of a recording: the function ``check`` of every file in ``checks``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from shamcrowd.recording.errors import PluginError
from shamcrowd.recording.plugins.catalogue import Catalogue, discover
from shamcrowd.recording.plugins.kind import Kind

if TYPE_CHECKING:
    from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
    from shamcrowd.benchmark.world_checks.validate.outcome import Check

Checking = Callable[["Loaded"], "list[Check]"]
"""One file of checks: what is open in, checks out."""


def _wrong(found: object) -> Iterator[str]:
    if not callable(found):
        yield "must be a function of the open recording"


CHECKS = Kind(
    "check",
    "checks",
    "shamcrowd.benchmark.world_checks.validate.checks",
    attribute="check",
    check=_wrong,
)


@cache
def checkings() -> Catalogue[Checking]:
    """All of them, by the file's name.

    Raises:
        PluginError: if one is faulty; a recording is not valid before every check was made.
    """
    found: Catalogue[Checking] = discover(CHECKS)
    if faults := found.check():
        raise PluginError(faults)
    return found
