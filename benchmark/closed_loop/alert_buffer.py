"""Collects the findings of a reviewer during a run, while accounts are still being opened."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.detectors.base import NO_CLUSTER, Findings

Scores = npt.NDArray[np.float64]


class AlertBuffer:
    """Takes findings review by review; `findings` is the same as that of a replay.

    >>> buffer = AlertBuffer()
    >>> buffer.add(0, Findings(np.array([9], np.int32), np.array([0.5])))
    >>> buffer.add(1, Findings(np.array([9, 4], np.int32), np.array([0.2, 0.9])))
    >>> saved = buffer.findings(np.array([4, 9, 11], np.int32))
    >>> saved.score.tolist(), saved.increase_review.tolist(), saved.increase_account.tolist()
    ([0.9, 0.5, -inf], [0, 1], [9, 4])
    """

    def __init__(self) -> None:
        self._account = np.empty(0, np.int32)
        self._best = np.empty(0)
        self._increases: list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Scores]] = []
        self._last: Findings | None = None

    def add(self, review: int, found: Findings) -> None:
        """Take in what was said at one review, of every account there is by then."""
        order = np.argsort(found.account, kind="stable")
        account, score = found.account[order], found.score[order]
        best = np.full(len(account), -np.inf)
        best[np.searchsorted(account, self._account)] = self._best
        up = score > best
        number = np.full(int(up.sum()), review, np.int32)
        self._increases.append((number, account[up].astype(np.int32), score[up]))
        self._account, self._best = account, np.maximum(best, score)
        self._last = found

    def findings(self, accounts: npt.NDArray[np.int32]) -> SavedFindings:
        """All of it, for ``accounts`` (ascending) of the finished run; some may have no finding."""
        many = len(accounts)
        best, cluster = np.full(many, -np.inf), np.full(many, NO_CLUSTER, np.int64)
        reason = np.full(many, "", object)
        best[np.searchsorted(accounts, self._account)] = self._best
        last = self._last
        if last is not None:
            place = np.searchsorted(accounts, last.account)
            if last.cluster is not None:
                cluster[place] = last.cluster
            if last.reason is not None:
                reason[place] = np.asarray(last.reason, object)
        empty = (np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0))
        increases = [np.concatenate(column) for column in zip(empty, *self._increases, strict=True)]
        return SavedFindings(
            accounts, best, cluster, reason.tolist(), increases[0], increases[1], increases[2],
            groups=last is not None and last.cluster is not None,
        )  # fmt: skip
