"""Time units, the moments that stand for "never" and "earliest", and names for integer arrays.

All moments in shamcrowd are whole milliseconds since 1970-01-01 00:00 UTC.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MS_PER_SECOND = 1_000
MS_PER_MINUTE = 60 * MS_PER_SECOND
MS_PER_HOUR = 60 * MS_PER_MINUTE
MS_PER_DAY = 24 * MS_PER_HOUR
MS_PER_WEEK = 7 * MS_PER_DAY

NEVER = 2**62
"""A moment later than any other: the event did not happen. Half of int64's range, so that adding
a duration to it does not overflow."""

EARLIEST = -(2**62)
"""A moment before any other: the start of an interval that has no start."""

Millis = npt.NDArray[np.int64]
"""Moments (milliseconds since 1970-01-01 UTC) or durations (milliseconds)."""

Handles = npt.NDArray[np.int64]
"""Account numbers that the simulator uses internally: 0, 1, 2, … in order of creation. They never
appear in a recording."""

AccountIds = npt.NDArray[np.int32]
"""Account ids as they stand in a recording (32 bits): opaque, neither value nor order carries
meaning."""

EntityIds = npt.NDArray[np.int64]
"""Ids of addresses, devices, cards and so on as they stand in a recording, widened to 64 bits."""

Places = npt.NDArray[np.int64]
"""Positions in another array, from 0 on."""
