"""From an evasion knob to a value, and random moments."""

from __future__ import annotations

import numpy as np

from shamcrowd.recording.units import Millis


def between(careless: float, careful: float, knob: float) -> float:
    """A value between careless (knob 0) and careful (knob 1), interpolated geometrically.

    >>> round(between(100.0, 1.0, 0.5))
    10
    """
    return float(careless * (careful / careless) ** knob)


def spread(rng: np.random.Generator, begin: int, end: int, count: int) -> Millis:
    """``count`` uniform random moments between ``begin`` and ``end`` (ms), ascending."""
    return np.sort(begin + (rng.random(count) * (end - begin)).astype(np.int64))
