"""Anniversaries: the same day of a later month, as subscriptions are billed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, Millis


def anniversary(anchor: Millis, months: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """The moments ``months`` months after ``anchor``, at the same time of day.

    A month that is too short is billed on its last day, and the next one on the usual day again.

    Args:
        anchor: shape (n,), ms.
        months: scalar or shape (n,).

    >>> day = int(np.datetime64("2026-01-31", "D").astype(np.int64)) * MS_PER_DAY
    >>> later = anniversary(np.array([day, day]), np.array([1, 2])) // MS_PER_DAY
    >>> later.astype("datetime64[D]").tolist()
    [datetime.date(2026, 2, 28), datetime.date(2026, 3, 31)]
    """
    date = (anchor // MS_PER_DAY).astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    day = (date - month.astype("datetime64[D]")).astype(np.int64)
    target = month + np.asarray(months, np.int64)
    first = target.astype("datetime64[D]").astype(np.int64)
    length = (target + 1).astype("datetime64[D]").astype(np.int64) - first
    moments: npt.NDArray[np.int64] = (first + np.minimum(day, length - 1)) * MS_PER_DAY
    return moments + anchor % MS_PER_DAY
