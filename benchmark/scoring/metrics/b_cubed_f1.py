"""B-cubed F1 of clusters."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.clustering import found_and_true, overlaps
from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.metrics.base import Metric, Values


def b_cubed(found: npt.NDArray[np.int64], true: npt.NDArray[np.int64]) -> tuple[float, float]:
    """B-cubed precision and recall of clusters ``found`` against ``true``, one label per item.

    Precision is the mean over items of the share of the item's found cluster that is also in its
    true cluster; recall is the same with the two exchanged. Both lie between 0 and 1.

    >>> precision, recall = b_cubed(np.array([0, 0, 1]), np.array([5, 5, 5]))
    >>> precision, round(recall, 4)
    (1.0, 0.5556)
    """
    size, due, common = overlaps(found, true)
    return float((common / size).mean()), float((common / due).mean())


class BCubedF1(Metric):
    """Agreement of the detector's clusters with the campaigns, over accounts that are flagged or
    sham.

    ``F1 = 2 P R / (P + R)`` of B-cubed precision ``P`` and recall ``R``. A sham account that is not
    flagged, or is in no cluster, counts as a cluster of its own; so does each legitimate account in
    the truth. 1 is best.

    Source: Bagga and Baldwin 1998; Amigo et al. 2009
    (https://doi.org/10.1007/s10791-008-9066-8).
    """

    title: ClassVar[str] = "B-cubed F1"
    short: ClassVar[str] = "B³ F1"
    display: ClassVar[Literal["headline", "shown", "report"]] = "shown"
    value_best: ClassVar[float | None] = 1.0
    value_all_flagged: ClassVar[float | None] = 2 * 2002 / (2002 + 2040)
    value_none_flagged: ClassVar[float | None] = 2 * 0.05 / 1.05

    def measure(self, findings: LabelledFindings) -> Values:
        """One value for the recording."""
        precision, recall = b_cubed(*found_and_true(findings))
        return [2 * precision * recall / (precision + recall)]
