"""How unequal the accounts of a campaign are: most do little, some nothing, a few a great deal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FURTHEST = 3.0
"""Rates are cut off at so many standard deviations (assumed)."""


@dataclass(frozen=True)
class ActivitySpread:
    """Rates of work across the accounts of a campaign.

    Attributes:
        sigma: standard deviation of the logarithm of the rate between accounts.
        spares: share of accounts that never work, 0 to 1.
    """

    sigma: float
    spares: float

    def rates(self, rng: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
        """Draw the rates of ``count`` accounts, as multiples of the median of those that work.

        At least one of them works.

        >>> from shamcrowd.simulator.core.streams import Streams
        >>> rates = ActivitySpread(1.5, 0.2).rates(Streams(1)("example"), 10_000)
        >>> round(float((rates == 0).mean()), 1), round(float(np.median(rates[rates > 0])), 1)
        (0.2, 1.0)
        """
        z = np.clip(rng.standard_normal(count), -FURTHEST, FURTHEST)
        working = rng.random(count) >= self.spares
        if count and not working.any():
            working[0] = True
        return np.where(working, np.exp(self.sigma * z), 0.0)
