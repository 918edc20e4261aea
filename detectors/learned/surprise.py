"""Surprise of a score: its empirical tail probability, which makes detectors comparable."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def surprise(score: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return -log10 of the share of accounts that score as high or higher, shape (n,).

    The share is an empirical p-value under the null hypothesis that no account is sham; a few sham
    accounts change it little. Equal scores have equal surprise, so that a score that most accounts
    have has a surprise near 0.

    >>> surprise(np.array([0.0, 0.0, 0.0, 7.0])).round(2).tolist()
    [0.0, 0.0, 0.0, 0.6]
    """
    n = len(score)
    higher = n - np.searchsorted(np.sort(score), score, side="left")
    logs: npt.NDArray[np.float64] = -np.log10(higher / max(n, 1)) + 0.0
    return logs
