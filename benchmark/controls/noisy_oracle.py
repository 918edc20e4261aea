"""Control: knows most, late, and is sometimes wrong."""

from __future__ import annotations

import numpy as np

from benchmark.controls.told import told
from benchmark.scoring.sealed import Sealed
from benchmark.trace import Trace

MISSED = 0.3
WRONG = 0.005
DELAY_HOURS = 72.0
"""Mean delay. All three are assumed: a good manual review team."""


class NoisyOracle:
    """The truth as a review team might know it: 30 % missed, 0.5 % wrong, three days late."""

    def trace(self, sealed: Sealed) -> Trace:
        """What it would have said."""
        rng = np.random.default_rng(sealed.manifest.seed)
        lot, delay = rng.random(len(sealed.account)), rng.exponential(size=len(sealed.account))
        suspects = np.where(sealed.sham, lot >= MISSED, lot < WRONG)
        begin = np.where(sealed.sham, sealed.sham_from, sealed.reviews[0])
        since = begin + (delay * DELAY_HOURS * 3_600_000).astype(np.int64)
        return told(sealed, suspects, since, "a reviewer says so")
