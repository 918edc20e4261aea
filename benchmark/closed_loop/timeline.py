"""What happened hour by hour: tokens, sign-ups, bans; so that one sees the waves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR


@dataclass(frozen=True)
class Track:
    """One campaign, by hour since the start: tokens taken, accounts joining, accounts banned."""

    campaign: str
    tokens: tuple[int, ...]
    joined: tuple[int, ...]
    banned: tuple[int, ...]


@dataclass(frozen=True)
class Timeline:
    """One recording: ``reviews`` in hours since the start; campaigns and legitimate accounts."""

    reviews: tuple[float, ...]
    tracks: tuple[Track, ...]
    wrong: tuple[int, ...]
    restored: tuple[int, ...]


def hourly(
    times: npt.NDArray[np.int64], start: int, end: int, weights: npt.NDArray[np.int64] | None = None
) -> tuple[int, ...]:
    """Counts, or sums of ``weights``, of the moments (ms) of each hour from ``start`` to ``end``.

    >>> hourly(np.array([0, 10, 3_600_000]), 0, 7_200_001)
    (2, 1, 0)
    """
    hours = -(-(end - start) // MS_PER_HOUR)
    inside = (times >= start) & (times < end)
    hour = (times[inside] - start) // MS_PER_HOUR
    many = np.bincount(hour, None if weights is None else weights[inside], hours)
    return tuple(int(m) for m in many)
