"""Recall at a bounded rate of false positives."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.metrics.base import NotMeasurableError


def recall_at_fpr(
    score: npt.NDArray[np.float64], sham: npt.NDArray[np.bool_], rate: float
) -> float:
    """Share of sham accounts that score over the threshold that flags ``rate`` of the innocent.

    Of all thresholds that flag at most ``floor(rate * innocents)`` innocent accounts the lowest
    is taken; accounts of one score are flagged together or not at all.

    Raises:
        NotMeasurableError: if there are no sham accounts, or too few innocent ones for the rate.

    >>> score = np.array([9.0, 8, 7, 6, 5, 4])
    >>> recall_at_fpr(score, np.array([True, False, True, False, True, False]), 1 / 3)
    0.6666666666666666
    """
    if not sham.any():
        raise NotMeasurableError("no sham account")
    innocent = np.sort(score[~sham])[::-1]
    allowed = int(np.floor(rate * len(innocent) + 1e-9))
    if allowed < 1:
        raise NotMeasurableError(
            f"{len(innocent)} innocent accounts are too few for {rate:.1%} false positives"
        )
    threshold = innocent[allowed] if allowed < len(innocent) else -np.inf
    return float((score[sham] > threshold).mean())
