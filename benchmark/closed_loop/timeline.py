"""Hourly timeline of tokens, joining accounts and suspensions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR


@dataclass(frozen=True)
class Track:
    """One campaign, by hour since the start: tokens taken, accounts joining, accounts suspended."""

    campaign: str
    tokens: tuple[int, ...]
    joined: tuple[int, ...]
    banned: tuple[int, ...]


@dataclass(frozen=True)
class Timeline:
    """Timeline of one recording.

    ``reviews`` are in hours since the start. ``tracks`` has one entry per campaign. ``wrong`` and
    ``restored`` count legitimate accounts suspended and reinstated, by hour.
    """

    reviews: tuple[float, ...]
    tracks: tuple[Track, ...]
    wrong: tuple[int, ...]
    restored: tuple[int, ...]


def hourly(
    times: npt.NDArray[np.int64], start: int, end: int, weights: npt.NDArray[np.int64] | None = None
) -> tuple[int, ...]:
    """Count ``times``, or sum ``weights``, for each hour from ``start`` to ``end`` (all in ms).

    >>> hourly(np.array([0, 10, 3_600_000]), 0, 7_200_001)
    (2, 1, 0)
    """
    hours = -(-(end - start) // MS_PER_HOUR)
    inside = (times >= start) & (times < end)
    hour = (times[inside] - start) // MS_PER_HOUR
    sums = np.bincount(hour, None if weights is None else weights[inside], hours)
    return tuple(int(s) for s in sums)
