"""Finds statistics: the ``STATISTICS`` of every file in this folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from shamcrowd.recording.errors import Fault, PluginError
from shamcrowd.recording.plugins.catalogue import Catalogue, discover
from shamcrowd.recording.plugins.kind import Kind
from shamcrowd.recording.plugins.source import shown

if TYPE_CHECKING:
    from shamcrowd.benchmark.world_checks.realism.statistic import PlatformStatistic, Statistic

FAMILIES = "APCLT"
"""Arrivals, profile, clients, lengths, conversations: the order of the card."""


def _wrong(found: Any) -> Iterator[str]:
    from shamcrowd.benchmark.world_checks.realism.statistic import PlatformStatistic, Statistic

    kinds = Statistic | PlatformStatistic
    if not isinstance(found, tuple | list) or not all(isinstance(s, kinds) for s in found):
        yield "must be a tuple of Statistic or PlatformStatistic"
        return
    ids = [s.id for s in found]
    for twice in sorted({i for i in ids if ids.count(i) > 1}):
        yield f"two statistics have the id {twice!r}"


STATISTICS = Kind(
    "statistic",
    "statistics",
    "shamcrowd.benchmark.world_checks.realism",
    attribute="STATISTICS",
    mixed=True,
    check=_wrong,
)


@cache
def families() -> Catalogue[tuple[Statistic | PlatformStatistic, ...]]:
    """The statistics of every file, by the file's name.

    Raises:
        PluginError: if a file is faulty; a scorecard counts every statistic.
    """
    found: Catalogue[tuple[Statistic | PlatformStatistic, ...]] = discover(STATISTICS)
    if faults := found.check():
        raise PluginError(faults)
    return found


@cache
def statistics() -> tuple[Statistic, ...]:
    """Every statistic of requests, family by family and in each by number.

    Raises:
        PluginError: if a file is faulty, or two statistics have one id.

    >>> [s.id for s in statistics() if s.core]
    ['A1', 'A2', 'A3', 'A4', 'P2', 'P3', 'C1', 'C3', 'C4', 'L1', 'L3', 'L5', 'T1', 'T3']
    """
    from shamcrowd.benchmark.world_checks.realism.statistic import Statistic

    return tuple(one for one in _everything() if isinstance(one, Statistic))


@cache
def platform_statistics() -> tuple[PlatformStatistic, ...]:
    """Every statistic of the rest of the log, in order of their ids.

    Raises:
        PluginError: if a file is faulty, or two statistics have one id.
    """
    from shamcrowd.benchmark.world_checks.realism.statistic import PlatformStatistic

    return tuple(one for one in _everything() if isinstance(one, PlatformStatistic))


def _everything() -> list[Statistic | PlatformStatistic]:
    found: dict[str, tuple[str, Statistic | PlatformStatistic]] = {}
    for name, several in families().items():
        for one in several:
            if one.id in found:
                what = f"two statistics have the id {one.id!r}: in {found[one.id][0]} and {name}"
                entry = families().entries()[name]
                where, mend = shown(entry.source.path), "give one of them another id"
                raise PluginError([Fault(what, where, entry.line, 1, mend)])
            found[one.id] = name, one
    every = (one for _, one in found.values())
    return sorted(every, key=lambda s: (f"{FAMILIES}{s.id[0]}".index(s.id[0]), s.id))
