"""What other detectors say of every account: the evidence that fusion weighs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from detectors.base import NO_CLUSTER, Detector, Findings
from detectors.features.index import AccountIndex
from detectors.learned.neighbour_table import NeighbourTable
from detectors.registry import load_detector
from recording.view import LogView

WITNESSES = (
    "shared-resources",
    "fraudar",
    "evil-cohort",
    "co-action",
    "synchrotrap",
    "template-clusters",
    "sign-up-burst",
    "midas-f",
)
"""One or more of each kind: supply, addresses, time, content, sign-up, sudden groups. Asked for by
name, as a run does; none knows of another. Outlier detectors are left out: they say nothing that
the features do not."""


class Witnesses:
    """Scores of the witnesses, with the account and neighbour features beside them.

    Columns of `table`: a score for each of ``WITNESSES``, the size of the group it puts the account
    in (log2, 0: none), then those of `NeighbourTable`.
    """

    def __init__(self) -> None:
        self._features = NeighbourTable()
        self._detectors: list[Detector] = [load_detector(name)() for name in WITNESSES]
        self._said: list[Findings] = []

    @property
    def index(self) -> AccountIndex:
        """The accounts opened so far, and the row of each."""
        return self._features.index

    def update(self, log: LogView) -> None:
        """Ask every witness."""
        self._features.update(log)
        self._said = []
        for detector in self._detectors:
            found = detector.review(log)
            order = np.empty(len(self.index), np.int64)
            order[self.index.of(np.asarray(found.account))] = np.arange(len(self.index))
            self._said.append(_ordered(found, order))

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Shape (accounts, columns)."""
        scores = [found.score for found in self._said]
        sizes = [np.log2(_size(found.cluster, len(self.index))) for found in self._said]
        return np.column_stack([*scores, *sizes, self._features.table(now)])

    def reason(self, witness: int, account: int) -> str:
        """What a witness says of an account (a row)."""
        reasons = self._said[witness].reason
        return "" if reasons is None else str(reasons[account])

    def clusters(self) -> list[npt.NDArray[np.int64]]:
        """The groups of the witnesses that make groups, each of shape (accounts,)."""
        return [found.cluster for found in self._said if found.cluster is not None]


def _ordered(found: Findings, order: npt.NDArray[np.int64]) -> Findings:
    cluster = None if found.cluster is None else np.asarray(found.cluster)[order]
    reason = None if found.reason is None else np.asarray(found.reason, object)[order]
    return Findings(
        np.asarray(found.account)[order],
        np.asarray(found.score, np.float64)[order],
        cluster,
        None if reason is None else reason.tolist(),
    )


def _size(cluster: npt.NDArray[np.int64] | None, accounts: int) -> npt.NDArray[np.int64]:
    """Size of each account's group, 1 where it has none."""
    if cluster is None:
        return np.ones(accounts, np.int64)
    _, code, count = np.unique(cluster, return_inverse=True, return_counts=True)
    return np.where(cluster == NO_CLUSTER, 1, count[code])
