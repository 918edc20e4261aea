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

    The paper lets a walker with restart run over the clusters of each item and compares where it
    is. Where clusters do not overlap it is anywhere in the item's cluster alike, and half the
    distance of two such walks comes to this ratio, whatever the chance of a restart.

    >>> round(element_centric(np.array([0, 0, 1, 1, 1]), np.array([0, 0, 0, 1, 1])), 4)
    0.6
    """
    size, due, common = overlaps(found, true)
    return float((common / np.maximum(size, due)).mean())


class ElementCentricSimilarity(Metric):
    """Do the detector's clusters match the campaigns, account by account, without a bias?

    ``mean of |F & T| / max(|F|, |T|)`` over accounts that are flagged or sham, F and T being an
    account's found and true cluster. Unlike most measures of clusters it does not favour many
    small ones or few large ones. Accounts in no cluster are on their own.

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
