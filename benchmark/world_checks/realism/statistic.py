"""What a statistic of the scorecard is: a figure of the traffic, and where real traffic has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from shamcrowd.benchmark.world_checks.realism.traffic import RequestTraffic

Range = tuple[float, float]
Profile = Literal["global", "region", "any"]
"""Whose clocks the traffic follows: clients of all time zones, of one region, or unknown."""


@dataclass(frozen=True)
class Statistic:
    """One statistic.

    ``measure`` gives the figure, or raises ``NotMeasurableError`` with the reason. ``range`` is
    where a figure passes, ends included (None: no public figure). ``real`` are the figures of
    public traces. Only a ``core`` statistic counts. ``by_profile`` holds narrower ranges.
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
