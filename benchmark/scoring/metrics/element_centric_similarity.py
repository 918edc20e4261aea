"""Element-centric similarity of clusters."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.clustering import found_and_true, overlaps
from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values


def element_centric(found: npt.NDArray[np.int64], true: npt.NDArray[np.int64]) -> float:
    """Mean over items of ``common / max(size found, size true)``, one label per item.

    The paper compares, for each item, where a random walk with restart over its clusters ends up.
    For clusters that do not overlap the walk is equally likely to be at any item of the cluster,
    and half the distance between two such walks equals this ratio for every restart probability.

    >>> round(element_centric(np.array([0, 0, 1, 1, 1]), np.array([0, 0, 0, 1, 1])), 4)
    0.6
    """
    size, due, common = overlaps(found, true)
    return float((common / np.maximum(size, due)).mean())


class ElementCentricSimilarity(Metric):
    """Agreement of the detector's clusters with the campaigns, account by account.

    ``mean of |F & T| / max(|F|, |T|)`` over accounts that are flagged or sham, where F and T are
    the account's found and true cluster. Unlike most measures of clusters it favours neither many
    small clusters nor few large ones. An account in no cluster counts as a cluster of its own. 1 is
    best.

    Source: Gates et al. 2019 (https://doi.org/10.1038/s41598-019-44892-y).
    """

    title: ClassVar[str] = "element-centric similarity"
    short: ClassVar[str] = "elem.\nsim."
    value_best: ClassVar[float | None] = 1.0
    value_all_flagged: ClassVar[float | None] = 2002 / 2040
    value_none_flagged: ClassVar[float | None] = 0.05

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        return [element_centric(*found_and_true(findings))]
