"""Families of rules of one thing: each module of this folder is one, found by its name.

A family has ``units(tables)``, the parts in which its rules are made, the same for every recording
of a scenario, and ``rules(recording, unit)``, the rules of one part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from shamcrowd.benchmark.world_checks.audit.recordings import AuditedRecording
from shamcrowd.benchmark.world_checks.audit.rule import Rule


class Family(Protocol):
    """What a module of this folder offers."""

    __name__: str

    def units(self) -> Sequence[str]:
        """The parts in which rules are made, in order."""
        ...

    def rules(self, recording: AuditedRecording, unit: str) -> Iterator[Rule]:
        """The rules of one part."""
        ...


def families() -> dict[str, Family]:
    """All families by name.

    >>> list(families())
    ['columns', 'delays', 'presence']
    """
    return {
        module.name: cast(Family, import_module(f"{__name__}.{module.name}"))
        for module in iter_modules(__path__)
    }
