"""Local time by the rules of the IANA time zone database, daylight saving time included.

Rules are read from the package ``tzdata``, never from the operating system, so that the same
versions give the same recording on every machine.
"""

from __future__ import annotations

import datetime as dt
import importlib.resources
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, Millis

HOURS_PER_WEEK = 168
_MONDAY = 4 * 24
"""Hours from 1970-01-01, a Thursday, to the first Monday."""
_STEP = 3 * 7 * 24
"""Hours within which clocks change once at most: in Morocco twice in five weeks."""
_ZONE_SHIFT = np.int64(44)
"""Bits for a time in ms: enough beyond the year 2500."""


@cache
def _zone(name: str) -> ZoneInfo:
    *folders, file = name.split("/")
    folder = importlib.resources.files("tzdata.zoneinfo").joinpath(*folders)
    with folder.joinpath(file).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def _offset(zone: ZoneInfo, hour: int) -> int:
    moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=hour)
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds() / 60)


@cache
def _year_table(
    zones: tuple[str, ...], year: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int16]]:
    """Keys (zone number and time, ascending) from which offsets apply in one UTC year."""
    first = (dt.date(year, 1, 1) - dt.date(1970, 1, 1)).days * 24
    last = (dt.date(year + 1, 1, 1) - dt.date(1970, 1, 1)).days * 24
    keys, offsets = [], []
    for number, name in enumerate(zones):
        zone = _zone(name)
        before, known = first, _offset(zone, first)
        keys.append(number << int(_ZONE_SHIFT) | first * MS_PER_HOUR)
        offsets.append(known)
        for at in (*range(first + _STEP, last, _STEP), last - 1):
            offset = _offset(zone, at)
            if offset != known:
                # Find the hour.
                low, high = before, at
                while high - low > 1:
                    middle = (low + high) // 2
                    low, high = (middle, high) if _offset(zone, middle) == known else (low, middle)
                keys.append(number << int(_ZONE_SHIFT) | high * MS_PER_HOUR)
                offsets.append(offset)
            before, known = at, offset
    return np.array(keys, np.int64), np.array(offsets, np.int16)


def utc_offsets(
    zones: tuple[str, ...], zone: npt.NDArray[np.integer], time: Millis
) -> npt.NDArray[np.int16]:
    """Return minutes east of UTC in some zones at some moments.

    Args:
        zones: IANA names.
        zone: shape (n,), indices into ``zones``.
        time: shape (n,), moments, ms; 1970 or later.

    >>> spring = np.array([1774745999999, 1774746000000])  # 2026-03-29, before and at 01:00 UTC
    >>> utc_offsets(("Asia/Tokyo", "Europe/Paris"), np.array([1, 1]), spring).tolist()
    [60, 120]
    >>> utc_offsets(("Asia/Tokyo", "Europe/Paris"), np.array([0, 0]), spring).tolist()
    [540, 540]
    """
    found = np.empty(len(time), np.int16)
    year = time.astype("M8[ms]").astype("M8[Y]").astype(np.int64) + 1970
    for each in np.unique(year).tolist():
        own = np.flatnonzero(year == each)
        keys, offsets = _year_table(zones, each)
        sought = zone[own].astype(np.int64) << _ZONE_SHIFT | time[own]
        found[own] = offsets[np.searchsorted(keys, sought, side="right") - 1]
    return found


@dataclass(frozen=True)
class LocalHours:
    """Local time in every zone, hour by hour, through a recording.

    Zones whose clocks agree throughout form one class.

    Attributes:
        class_of: shape (zones,), class of each zone.
        hour: shape (classes, hours), whole local hour of the week (0: Monday 00:00) at each hour
            from the start.
        part: shape (classes, hours), what is left of the hour, 0 to 1 (half-hour zones).
    """

    class_of: npt.NDArray[np.int32]
    hour: npt.NDArray[np.int16]
    part: npt.NDArray[np.float32]

    @classmethod
    def through(cls, zones: tuple[str, ...], start: int, end: int) -> LocalHours:
        """Local hours from ``start`` (ms, a full hour) until a day after ``end`` (ms).

        >>> tokyo_paris = LocalHours.through(("Asia/Tokyo", "Europe/Paris"), 1774742400000,
        ...     1774742400000 + MS_PER_HOUR)  # 2026-03-29 00:00 UTC, a Sunday
        >>> tokyo_paris.hour[tokyo_paris.class_of, :3].tolist()
        [[153, 154, 155], [145, 147, 148]]
        """
        time = np.arange(start, end + MS_PER_DAY, MS_PER_HOUR, dtype=np.int64)
        codes = np.repeat(np.arange(len(zones)), len(time))
        offset = utc_offsets(zones, codes, np.tile(time, len(zones))).reshape(len(zones), -1)
        apart, class_of = np.unique(offset, axis=0, return_inverse=True)
        whole = (time // MS_PER_HOUR - _MONDAY)[None] + apart // 60
        return cls(
            class_of.ravel().astype(np.int32),
            (whole % HOURS_PER_WEEK).astype(np.int16),
            (apart % 60 / 60).astype(np.float32),
        )

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.hour)
