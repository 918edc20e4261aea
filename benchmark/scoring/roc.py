"""Recall at a bounded rate of false positives."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError


def recall_at_fpr(
    score: npt.NDArray[np.float64], sham: npt.NDArray[np.bool_], rate: float
) -> float:
    """Share of sham accounts flagged at a false-positive rate of at most ``rate``.

    The threshold is the lowest of those that flag at most ``floor(rate * L)`` of the L legitimate
    accounts; accounts with equal scores are flagged together or not at all.

    Args:
        score: shape (n,).
        sham: shape (n,).
        rate: highest false-positive rate, 0 to 1.

    Raises:
        NotMeasurableError: if there are no sham accounts, or too few legitimate ones for the rate.

    >>> score = np.array([9.0, 8, 7, 6, 5, 4])
    >>> recall_at_fpr(score, np.array([True, False, True, False, True, False]), 1 / 3)
    0.6666666666666666
    """
    if not sham.any():
        raise NotMeasurableError("no sham account")
    legitimate = np.sort(score[~sham])[::-1]
    allowed = int(np.floor(rate * len(legitimate) + 1e-9))
    if allowed < 1:
        raise NotMeasurableError(
            f"{len(legitimate)} legitimate accounts are too few for {rate:.1%} false positives"
        )
    threshold = legitimate[allowed] if allowed < len(legitimate) else -np.inf
    return float((score[sham] > threshold).mean())
