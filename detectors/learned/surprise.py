"""How far out in its tail a score is: what makes the scores of different detectors comparable."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def surprise(score: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """-log10 of the share of accounts that score as high or higher: shape as ``score``, (n,).

    An empirical p-value under the null that nobody is sham; few sham accounts change it little.
    Accounts of one score have one surprise, so that a score that most accounts have says nothing.

    >>> surprise(np.array([0.0, 0.0, 0.0, 7.0])).round(2).tolist()
    [0.0, 0.0, 0.0, 0.6]
    """
    n = len(score)
    higher = n - np.searchsorted(np.sort(score), score, side="left")
    logs: npt.NDArray[np.float64] = -np.log10(higher / max(n, 1)) + 0.0
    return logs
