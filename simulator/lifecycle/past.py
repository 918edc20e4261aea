"""When something happens in the lives of accounts, at a rate; mostly the past of older ones."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, Millis

LOG_IN_LOG_DAYS = 30
"""Log-ins are kept for as many days; of older ones the recording knows nothing (assumed)."""


def moments(
    rng: np.random.Generator,
    since: Millis,
    until: npt.ArrayLike,
    per_day: npt.ArrayLike,
) -> tuple[npt.NDArray[np.int64], Millis]:
    """Moments of events that happen to n accounts at constant rates, independently of each other.

    Args:
        rng: random stream.
        since: shape (n,), begin of each account's interval, ms.
        until: its end, ms, scalar or shape (n,); nothing happens where it comes before the begin.
        per_day: mean number a day, scalar or shape (n,).

    Returns:
        Indices of the accounts, ascending, and for each event its time, ms.

    >>> from shamcrowd.simulator.core.streams import Streams
    >>> who, time = moments(Streams(1)("example"), np.zeros(3, np.int64), 86_400_000, 2.0)
    >>> bool((time >= 0).all() and (time < 86_400_000).all())
    True
    """
    length = np.maximum(np.asarray(until, np.int64) - np.minimum(since, until), 0)
    many = rng.poisson(length / MS_PER_DAY * np.asarray(per_day, np.float64))
    who = np.repeat(np.arange(len(since)), many)
    return who, since[who] + (rng.random(len(who)) * length[who]).astype(np.int64)
