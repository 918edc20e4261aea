"""A detector's clusters and the campaigns as labels that can be compared."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

Labels = npt.NDArray[np.int64]


def found_and_true(findings: LabelledFindings) -> tuple[Labels, Labels]:
    """Found and true cluster labels of each account that is flagged or sham, each of shape (k,).

    Other accounts are left out: every legitimate account is a cluster of its own in the truth, so
    counting them would reward a detector that returns no clusters. A sham account that is not
    flagged, or is in no cluster, counts as a cluster of its own, and so does each legitimate
    account in the truth.

    Raises:
        NotMeasurableError: if the detector returns no clusters, or there is no sham account.
    """
    truth = findings.truth
    if not findings.groups:
        raise NotMeasurableError("it does not group accounts")
    if not truth.sham.any():
        raise NotMeasurableError("no sham account")
    counted = findings.alert | truth.sham
    own = -1 - np.arange(len(counted))
    found = np.where(findings.alert & (findings.cluster >= 0), findings.cluster, own)[counted]
    true = np.where(truth.sham, truth.campaign, own)[counted]
    return found, true


def overlaps(found: Labels, true: Labels) -> tuple[Labels, Labels, Labels]:
    """Sizes of each item's found cluster, of its true cluster, and of their intersection.

    >>> [sizes.tolist() for sizes in overlaps(np.array([0, 0, 1]), np.array([5, 5, 5]))]
    [[2, 2, 1], [3, 3, 3], [2, 2, 1]]
    """
    _, found = np.unique(found, return_inverse=True)
    _, true = np.unique(true, return_inverse=True)
    _, both, shared = np.unique(
        found * (true.max(initial=0) + 1) + true, return_inverse=True, return_counts=True
    )
    return np.bincount(found)[found], np.bincount(true)[true], shared[both]
