"""Served abusive requests of a recording, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Moments = npt.NDArray[np.int64]


@dataclass(frozen=True)
class AbusiveUse:
    """Served abusive requests, one element each, ordered by time.

    ``time`` is in ms since 1970, ``campaign`` an index into `LoopRecording.campaigns`, ``tokens``
    input and output tokens, ``dollars`` their list price in US dollars.
    """

    time: Moments
    campaign: npt.NDArray[np.int64]
    tokens: npt.NDArray[np.int64]
    dollars: npt.NDArray[np.float64]
