"""A statistic of the scorecard: a number, and its range on real platforms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from shamcrowd.benchmark.world_checks.realism.platform_log import PlatformLog
from shamcrowd.benchmark.world_checks.realism.traffic import RequestTraffic

Range = tuple[float, float]
Profile = Literal["global", "region", "any"]
"""Time zones of the clients: all, those of one region, or unknown."""


@dataclass(frozen=True)
class Statistic:
    """One statistic.

    ``measure`` returns the value, or raises ``NotMeasurableError`` with the reason. A value passes
    inside ``range``, ends included (None: there are no public figures). ``real`` are the values of
    public traces. Only ``core`` statistics count. ``by_profile`` holds narrower ranges.
    """

    id: str
    name: str
    measure: Callable[[RequestTraffic], float]
    range: Range | None
    real: tuple[float, ...] = ()
    unit: str = ""
    core: bool = True
    by_profile: Mapping[str, Range] = field(default_factory=lambda: MappingProxyType({}))

    def range_for(self, profile: Profile) -> Range | None:
        """The range under ``profile``."""
        return self.by_profile.get(profile, self.range)


@dataclass(frozen=True)
class PlatformStatistic:
    """One statistic of a recording's log beyond its requests: payments, retention, networks.

    ``measure`` returns the value, or raises ``NotMeasurableError`` with the reason. ``range`` is
    that of public figures, ends included, and ``source`` says whose. They are shown beside the
    statistics of requests and judged inside or outside; the core ones alone pass or fail.
    """

    id: str
    name: str
    measure: Callable[[PlatformLog], float]
    range: Range | None
    source: str
    real: tuple[float, ...] = ()
    unit: str = ""
