"""Control: knows most, late, and is sometimes wrong."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.evaluation.controls.base import Suspicion, TruthControl
from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.core.streams import Streams, uniform_by_id

MISSED = 0.3
WRONG = 0.005
DELAY_HOURS = 72.0
"""Mean delay. All three are assumed: a good manual review team."""


class NoisyOracle(TruthControl):
    """The truth as a review team might know it: 30 % missed, 0.5 % wrong, three days late."""

    reason: ClassVar[str] = "a reviewer says so"

    def knows(
        self,
        account: npt.NDArray[np.int32],
        sham: npt.NDArray[np.bool_],
        sham_from: npt.NDArray[np.int64],
        begin: int,
        seed: int,
    ) -> Suspicion:
        """By the luck of each account."""
        streams = Streams(seed)
        lot = uniform_by_id(account, streams.key("control/noisy-oracle/lot"))
        wait = uniform_by_id(account, streams.key("control/noisy-oracle/wait"))
        suspects = np.where(sham, lot >= MISSED, lot < WRONG)
        hours = -np.log1p(-wait) * DELAY_HOURS
        return suspects, np.where(sham, sham_from, begin) + (hours * MS_PER_HOUR).astype(np.int64)
