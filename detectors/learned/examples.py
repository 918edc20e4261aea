"""What learners learn from: a log that is over, looked at again as it was at earlier moments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from detectors.base import Labels
from detectors.features.index import AccountIndex
from recording.view import EVER, LogView

MS_PER_DAY = 86_400_000
LOOKS = 8
"""Moments, at most, at which the log is looked at (assumed; more cost time and teach little)."""
MOST_ROWS = 400_000


class Evidence(Protocol):
    """Numbers about every account, kept up review by review."""

    @property
    def index(self) -> AccountIndex:
        """The accounts opened so far, and the row of each."""
        ...

    def update(self, log: LogView) -> None:
        """Take in what came since the last review."""
        ...

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Shape (accounts, columns), rows in the order of ``index.ids``; all finite."""
        ...


def examples(
    make: Callable[[], Evidence], log: LogView, labels: Labels
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Rows and whether they are sham: shapes (n, columns) and (n,).

    A learner that is asked at every review must know what young accounts look like too. So the log
    is gone through day by day and looked at on ``LOOKS`` of them, evenly spread; every account with
    a label is a row of each look that saw it. Nothing later than the moment is in a row. A sham
    account that is older than the log may have been honest until it was taken over, and no label
    says when: it counts from the middle of the log on, and before not at all.

    Rows are sorted by value, so that what is learned hangs neither on ids nor on the order of rows;
    of more than ``MOST_ROWS`` innocent ones an even sample is taken.
    """
    kept, since = make(), EVER
    days = max((log.now - log.start) // MS_PER_DAY, 1)
    looks = {-(-days * look // LOOKS) for look in range(1, LOOKS + 1)}
    known = np.argsort(labels.account)
    account, sham = labels.account[known], labels.sham[known]
    opened = log.accounts(["account", "created"])
    old = opened["created"].to_numpy("datetime64[ms]").astype(np.int64) < log.start
    doubtful = np.intersect1d(account[sham], opened["account"].to_numpy()[old])
    rows, answers = [], []
    for day in range(1, days + 1):
        now = min(log.start + day * MS_PER_DAY, log.now)
        kept.update(log.earlier(now, since))
        since = now
        if day not in looks:
            continue
        ids = kept.index.ids
        at = np.minimum(np.searchsorted(account, ids), max(len(account) - 1, 0))
        told = account[at] == ids if len(account) else np.zeros(len(ids), np.bool_)
        if 2 * day <= days:
            told &= ~np.isin(ids, doubtful)
        rows.append(kept.table(now)[told])
        answers.append(sham[at[told]])
    table, answer = np.concatenate(rows), np.concatenate(answers)
    order = np.lexsort((*table.T[::-1], answer))
    table, answer = table[order], answer[order]
    innocent = np.flatnonzero(~answer)
    step = max(len(innocent) // MOST_ROWS, 1)
    chosen = np.concatenate([innocent[::step], np.flatnonzero(answer)])
    return table[chosen], answer[chosen]
