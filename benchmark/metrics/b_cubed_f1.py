"""B-cubed F1 of clusters."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import numpy.typing as npt

from benchmark.metrics.base import Metric, NotMeasurableError, Values
from benchmark.scoring.judged import Judged


def b_cubed(found: npt.NDArray[np.int64], true: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Precision and recall of clusters ``found`` against ``true``, one label per item.

    Precision: over items, the mean share of the item's found cluster that is of its true one;
    recall the other way round.

    >>> precision, recall = b_cubed(np.array([0, 0, 1]), np.array([5, 5, 5]))
    >>> precision, round(recall, 4)
    (1.0, 0.5556)
    """
    _, found = np.unique(found, return_inverse=True)
    _, true = np.unique(true, return_inverse=True)
    _, both, shared = np.unique(
        found * (true.max(initial=0) + 1) + true, return_inverse=True, return_counts=True
    )
    common = shared[both]
    precision = float((common / np.bincount(found)[found]).mean())
    recall = float((common / np.bincount(true)[true]).mean())
    return precision, recall


class BCubedF1(Metric):
    """Do the detector's clusters match the campaigns, on accounts that are flagged or sham?

    ``F1 = 2 P R / (P + R)`` of B-cubed precision and recall. A sham account that is not flagged,
    or is in no cluster, is a cluster of its own, and so is each innocent account in the truth.

    Source: Bagga and Baldwin 1998; Amigo et al. 2009
    (https://doi.org/10.1007/s10791-008-9066-8).
    """

    title: ClassVar[str] = "B-cubed F1"
    short: ClassVar[str] = "B³ F1"

    def measure(self, judged: Judged) -> Values:
        """One value for the recording."""
        sealed = judged.sealed
        if not judged.groups:
            raise NotMeasurableError("it does not group accounts")
        if not sealed.sham.any():
            raise NotMeasurableError("no sham account")
        counted = judged.alert | sealed.sham
        own = -1 - np.arange(len(counted))
        found = np.where(judged.alert & (judged.cluster >= 0), judged.cluster, own)[counted]
        true = np.where(sealed.sham, sealed.campaign, own)[counted]
        precision, recall = b_cubed(found, true)
        return [2 * precision * recall / (precision + recall)]
