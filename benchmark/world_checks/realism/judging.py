"""The scorecard: every statistic of some traffic, compared with the range of real traffic."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism.platform_log import PlatformLog
from shamcrowd.benchmark.world_checks.realism.reading import read
from shamcrowd.benchmark.world_checks.realism.registry import platform_statistics, statistics
from shamcrowd.benchmark.world_checks.realism.statistic import (
    PlatformStatistic,
    Profile,
    Range,
    Statistic,
)
from shamcrowd.benchmark.world_checks.realism.traffic import RequestTraffic

if TYPE_CHECKING:
    import pandas as pd

Verdict = Literal["pass", "fail", "inside", "outside", "not measured", "no range"]


@dataclass(frozen=True)
class StatisticResult:
    """One statistic of some traffic.

    ``value`` is None if it could not be measured, and ``reason`` says why; it may be infinite. Only
    ``core`` statistics pass or fail; others are inside or outside the range of real traces.
    ``source`` says where the range of a platform's statistic comes from.
    """

    id: str
    name: str
    unit: str
    range: Range | None
    real: tuple[float, ...]
    value: float | None
    reason: str = ""
    core: bool = True
    source: str = ""

    @property
    def verdict(self) -> Verdict:
        """Does the value lie in the range, ends included?"""
        if self.value is None:
            return "not measured"
        if self.range is None:
            return "no range"
        low, high = self.range
        if low <= self.value <= high:
            return "pass" if self.core else "inside"
        return "fail" if self.core else "outside"

    def as_dict(self) -> dict[str, Any]:
        """For JSON, which has no infinity: such a value is null."""
        finite = self.value is not None and math.isfinite(self.value)
        return {
            "id": self.id, "name": self.name, "unit": self.unit,
            "value": self.value if finite else None, "verdict": self.verdict,
            "reason": self.reason, "range": self.range and list(self.range),
            "real": list(self.real), "source": self.source,
        }  # fmt: skip


@dataclass(frozen=True)
class Scorecard:
    """All statistics of some traffic.

    ``window``: seconds of the clock windows of A1 and A2. ``secondary`` statistics do not count.
    ``platform``: statistics of the rest of a recording's log; none for a table of requests.
    """

    source: str
    requests: int
    clients: int
    days: float
    window: int
    profile: Profile
    core: tuple[StatisticResult, ...]
    secondary: tuple[StatisticResult, ...]
    platform: tuple[StatisticResult, ...] = ()

    @property
    def passed(self) -> int:
        """Core statistics that pass."""
        return sum(m.verdict == "pass" for m in self.core)

    @property
    def failed(self) -> tuple[str, ...]:
        """Ids of the core statistics that fail."""
        return tuple(m.id for m in self.core if m.verdict == "fail")

    @property
    def unmeasured(self) -> tuple[str, ...]:
        """Ids of the core statistics that are not measured."""
        return tuple(m.id for m in self.core if m.verdict == "not measured")

    @property
    def rate(self) -> float:
        """Requests per second, over the whole time."""
        return self.requests / (self.days * 86_400) if self.days else math.inf

    @property
    def outside(self) -> tuple[str, ...]:
        """Ids of the platform's statistics that lie outside the range of public figures."""
        return tuple(m.id for m in self.platform if m.verdict == "outside")

    def summary(self) -> str:
        """The verdict in one line."""
        parts = [f"{self.passed} of {len(self.core)} pass"]
        if self.failed:
            parts.append(f"fails: {' '.join(self.failed)}")
        if self.unmeasured:
            parts.append(f"not measured: {' '.join(self.unmeasured)}")
        if self.outside:
            parts.append(f"outside: {' '.join(self.outside)}")
        return "; ".join(parts)

    def to_json(self) -> str:
        """All of it as JSON, indented."""
        import json

        about = {
            "source": self.source, "requests": self.requests, "clients": self.clients,
            "days": self.days, "window_seconds": self.window, "profile": self.profile,
            "passed": self.passed, "failed": list(self.failed),
            "not_measured": list(self.unmeasured),
            "core": [m.as_dict() for m in self.core],
            "secondary": [m.as_dict() for m in self.secondary],
            "platform": [m.as_dict() for m in self.platform],
        }  # fmt: skip
        return json.dumps(about, indent=1)


def scorecard(source: Path | str | pd.DataFrame, profile: Profile = "any") -> Scorecard:
    """Measure a recording's legitimate traffic, or a table.

    Args:
        source: Folder of a recording, a ``.parquet`` or ``.csv`` file, or a data frame. Tables
            have the columns timestamp and client, and optionally input_tokens, output_tokens and
            conversation, which some statistics need.
        profile: Time zones of the clients, for P3: all (``global``), those of one region
            (``region``), or unknown (``any``).

    Raises:
        UsageError: if the file or a column cannot be read.
        RecordingError: if a folder is not a complete recording.
        NothingToJudgeError: if there is no legitimate request.
    """
    traffic = read(source)
    return Scorecard(
        traffic.source, len(traffic.time), int(traffic.client.max()) + 1, traffic.days,
        traffic.window, profile,
        core=tuple(_judge(s, traffic, profile) for s in statistics() if s.core),
        secondary=tuple(_judge(s, traffic, profile) for s in statistics() if not s.core),
        platform=_platform(source),
    )  # fmt: skip


def _platform(source: Path | str | pd.DataFrame) -> tuple[StatisticResult, ...]:
    """Statistics of a recording's log; a table of requests has none."""
    if not isinstance(source, Path | str) or not Path(source).is_dir():
        return ()
    log = PlatformLog(Path(source))
    return tuple(_judge_platform(one, log) for one in platform_statistics())


def _judge_platform(statistic: PlatformStatistic, log: PlatformLog) -> StatisticResult:
    value: float | None = None
    reason = ""
    try:
        value = statistic.measure(log)
    except NotMeasurableError as why:
        reason = str(why)
    return StatisticResult(
        statistic.id, statistic.name, statistic.unit, statistic.range, statistic.real, value,
        reason, core=False, source=statistic.source,
    )  # fmt: skip


def _judge(statistic: Statistic, traffic: RequestTraffic, profile: Profile) -> StatisticResult:
    value: float | None = None
    reason = ""
    try:
        value = statistic.measure(traffic)
    except NotMeasurableError as why:
        reason = str(why)
    return StatisticResult(
        statistic.id, statistic.name, statistic.unit, statistic.range_for(profile),
        statistic.real, value, reason, statistic.core,
    )  # fmt: skip
