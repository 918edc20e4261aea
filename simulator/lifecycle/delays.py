"""Delays between two steps of an account's life: continuous, with a long tail."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, Millis

SECOND, MINUTE, HOUR, DAY = 1_000.0, float(MS_PER_MINUTE), float(MS_PER_HOUR), float(MS_PER_DAY)
LONGEST = 3_650 * DAY
"""No delay is longer, ms: ten years."""
EVENNESS_NARROWS = 0.85
"""Share of a delay's spread that is gone at full evenness (assumed)."""


@dataclass(frozen=True)
class Delay:
    """A mixture of two log-normal delays: those who go on, and those who are distracted.

    Attributes:
        median: of those who go on, ms.
        sigma: standard deviation of the logarithm of their delay.
        later: share that is distracted and comes back, 0 to 1.
        later_median: of those who come back, ms.
        later_sigma: standard deviation of the logarithm of their delay.
    """

    median: float
    sigma: float
    later: float = 0.0
    later_median: float = HOUR
    later_sigma: float = 1.0

    def draw(
        self,
        rng: np.random.Generator,
        count: int,
        haste: npt.ArrayLike = 1.0,
        evenness: npt.ArrayLike = 0.0,
    ) -> Millis:
        """Draw ``count`` delays.

        Args:
            rng: random stream.
            count: how many.
            haste: by how much steps are faster than people's, scalar or shape (count,).
            evenness: how regular they are, 0 as people's, 1 nearly constant; likewise.

        Returns:
            Shape (count,): ms, at least 1.

        >>> from shamcrowd.simulator.core.streams import Streams
        >>> few = Delay(MINUTE, 1.0).draw(Streams(1)("example"), 1000)
        >>> bool(40_000 < np.median(few) < 90_000)
        True
        """
        even = np.asarray(evenness, np.float64)
        z = rng.standard_normal(count) * (1 - EVENNESS_NARROWS * even)
        late = rng.random(count) < self.later * (1 - even)
        scale = np.where(late, self.later_median, self.median)
        sigma = np.where(late, self.later_sigma, self.sigma)
        drawn = scale * np.exp(sigma * z) / np.asarray(haste, np.float64)
        # The fraction of a millisecond is random too, so that short delays have no lattice.
        return (np.minimum(drawn, LONGEST) + rng.random(count)).astype(np.int64) + 1
