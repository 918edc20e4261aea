"""Log-ins around sessions: how long before the first request, and after a wrong password."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.core.streams import mixed, unit
from shamcrowd.simulator.lifecycle.delays import MINUTE, SECOND, Delay

AHEAD = Delay(45 * SECOND, 1.1)
"""From a log-in to the first request of its session (assumed)."""
RETYPED = Delay(11 * SECOND, 0.9, 0.12, 12 * MINUTE, 1.3)
"""From a failed log-in to the one that succeeds (assumed); some look for their password first."""
MISTYPED = 0.06
"""Share of log-ins with one wrong password first (assumed)."""


def hashed_delay(delay: Delay, words: npt.NDArray[np.uint64], key: int) -> Millis:
    """Delays that depend on 64-bit words alone, one per word, ms.

    For use where rows must not depend on each other (see `Delay.draw`).
    """
    first = mixed(words, key)
    second = mixed(first)
    # Box-Muller: two uniform numbers make a normal one.
    radius = np.sqrt(-2 * np.log1p(-unit(first)))
    z = radius * np.cos(2 * np.pi * unit(second))
    more = mixed(second)
    late = unit(more) < delay.later
    scale = np.where(late, delay.later_median, delay.median)
    sigma = np.where(late, delay.later_sigma, delay.sigma)
    drawn: Millis = (scale * np.exp(sigma * z) + unit(mixed(more))).astype(np.int64) + 1
    return drawn
