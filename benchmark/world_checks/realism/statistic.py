"""A statistic of the scorecard: a number computed from traffic, and its range in real traffic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

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
