"""Collects the findings of a reviewer during a run, while new accounts still sign up."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.detectors.base import NO_CLUSTER, Findings

Scores = npt.NDArray[np.float64]


class AlertBuffer:
    """Collects findings review by review; `findings` returns what a replay would save.

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
        """Add the findings of one review, which cover every account that exists by then."""
        order = np.argsort(found.account, kind="stable")
        account, score = found.account[order], found.score[order]
        best = np.full(len(account), -np.inf)
        best[np.searchsorted(account, self._account)] = self._best
        increased = score > best
        number = np.full(int(increased.sum()), review, np.int32)
        self._increases.append((number, account[increased].astype(np.int32), score[increased]))
        self._account, self._best = account, np.maximum(best, score)
        self._last = found

    def findings(self, accounts: npt.NDArray[np.int32]) -> SavedFindings:
        """Saved findings for ``accounts`` (ascending ids of the finished run).

        An account without a finding has the score ``-inf``.
        """
        count = len(accounts)
        best, cluster = np.full(count, -np.inf), np.full(count, NO_CLUSTER, np.int64)
        reason = np.full(count, "", object)
        best[np.searchsorted(accounts, self._account)] = self._best
        last = self._last
        if last is not None:
            index = np.searchsorted(accounts, last.account)
            if last.cluster is not None:
                cluster[index] = last.cluster
            if last.reason is not None:
                reason[index] = np.asarray(last.reason, object)
        empty = (np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0))
        increases = [np.concatenate(column) for column in zip(empty, *self._increases, strict=True)]
        return SavedFindings(
            accounts, best, cluster, reason.tolist(), increases[0], increases[1], increases[2],
            groups=last is not None and last.cluster is not None,
        )  # fmt: skip
