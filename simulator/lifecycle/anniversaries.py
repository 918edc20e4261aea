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
    # Months as numbers: what is added to a date must have a unit from NumPy 2.5 on.
    target = month.astype(np.int64) + np.asarray(months, np.int64)
    first = _first_day(target)
    length = _first_day(target + 1) - first
    moments: npt.NDArray[np.int64] = (first + np.minimum(day, length - 1)) * MS_PER_DAY
    return moments + anchor % MS_PER_DAY


def _first_day(month: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Days from 1970-01-01 to the first one of months, which are counted from January 1970."""
    days: npt.NDArray[np.int64] = (
        month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    )
    return days
