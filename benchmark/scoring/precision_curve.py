"""The area under the precision-recall curve."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def average_precision(
    sham: npt.NDArray[np.bool_],
    score: npt.NDArray[np.float64],
    weight: npt.NDArray[np.float64] | None = None,
) -> float:
    """Area below the steps of the precision-recall curve; tied accounts share a threshold.

    The figure of `sklearn.metrics.average_precision_score`, whose import takes more than half a
    second in each process that measures.

    Args:
        sham: shape (n,), at least one is True.
        score: shape (n,), finite.
        weight: shape (n,), positive; None: all alike.

    Returns:
        0 to 1.

    >>> average_precision(np.array([True, False, True]), np.array([0.9, 0.8, 0.7]))
    0.8333333333333333
    """
    order = np.argsort(-score, kind="stable")
    mass = np.ones(len(sham)) if weight is None else weight[order]
    last = np.append(np.flatnonzero(np.diff(score[order])), len(sham) - 1)
    found = np.cumsum(np.where(sham[order], mass, 0.0))[last]
    wrong = np.cumsum(np.where(sham[order], 0.0, mass))[last]
    recall = np.diff(found / found[-1], prepend=0.0)
    # A sum of many steps may round to a hair above 1.
    return min(float((recall * (found / (found + wrong))).sum()), 1.0)
