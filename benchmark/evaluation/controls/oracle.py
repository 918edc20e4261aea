"""Control: knows everything."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.evaluation.controls.base import Suspicion, TruthControl


class Oracle(TruthControl):
    """Every sham account, at the first review after it turned sham: the ceiling."""

    reason: ClassVar[str] = "the truth says so"

    def knows(
        self,
        account: npt.NDArray[np.int32],
        sham: npt.NDArray[np.bool_],
        sham_from: npt.NDArray[np.int64],
        begin: int,
        seed: int,
    ) -> Suspicion:
        """All sham accounts, from the moment each turned sham."""
        return sham, sham_from
