"""From a knob to a value, and moments spread at random."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def between(careless: float, careful: float, knob: float) -> float:
    """A value on the way from careless (knob 0) to careful (knob 1), in equal ratios.

    >>> round(between(100.0, 1.0, 0.5))
    10
    """
    return float(careless * (careful / careless) ** knob)


def spread(rng: np.random.Generator, begin: int, end: int, count: int) -> npt.NDArray[np.int64]:
    """``count`` moments between two, at random, in order."""
    return np.sort(begin + (rng.random(count) * (end - begin)).astype(np.int64))
