"""What a detector said over several reviews: the largest score that each account ever had."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.detectors.base import Findings
from shamcrowd.recording.units import AccountIds


class History:
    """Findings of one detector, review by review.

    Attributes:
        account: shape (n,), the accounts of the last review, ascending.
        largest: shape (n,), the largest score that each ever had.
        last: the findings of the last review; None before the first.
    """

    def __init__(self) -> None:
        self.account: AccountIds = np.empty(0, np.int32)
        self.largest: npt.NDArray[np.float64] = np.empty(0)
        self.last: Findings | None = None
        self._reviews: list[npt.NDArray[np.int32]] = []
        self._accounts: list[AccountIds] = []
        self._scores: list[npt.NDArray[np.float64]] = []

    def add(self, found: Findings) -> None:
        """Add the findings of the next review, whose accounts include all of those before."""
        order = np.argsort(found.account)
        ids, score = found.account[order], found.score[order]
        before = np.full(len(ids), -np.inf)
        before[np.searchsorted(ids, self.account)] = self.largest
        up = score > before
        self._reviews.append(np.full(int(up.sum()), len(self._reviews), np.int32))
        self._accounts.append(ids[up])
        self._scores.append(score[up])
        self.account, self.largest, self.last = ids, np.maximum(score, before), found

    def saved(self) -> SavedFindings:
        """The same as a benchmark keeps it.

        >>> history = History()
        >>> history.add(Findings(np.array([9, 7]), np.array([0.5, 0.2])))
        >>> history.add(Findings(np.array([9, 7]), np.array([0.4, 0.3])))
        >>> saved = history.saved()
        >>> saved.account.tolist(), saved.score.tolist(), saved.increase_review.tolist()
        ([7, 9], [0.3, 0.5], [0, 0, 1])
        """
        assert self.last is not None
        groups = self.last.cluster is not None
        cluster = np.full(len(self.account), -1)
        if groups:
            cluster = np.asarray(self.last.cluster)[np.argsort(self.last.account)]
        return SavedFindings(
            self.account, self.largest, cluster.astype(np.int64), [""] * len(self.account),
            np.concatenate(self._reviews), np.concatenate(self._accounts),
            np.concatenate(self._scores), groups,
        )  # fmt: skip
