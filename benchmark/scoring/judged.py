"""One detector on one recording, set against the truth: what every metric is measured on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.findings_store import NEVER_FLAGGED, Trace
from shamcrowd.benchmark.scoring.sealed import Sealed


@dataclass(frozen=True)
class Rises:
    """Rows in which an account's largest score so far rose, in time order of reviews.

    Number of the review, place of the account in ``Sealed.account``, and the score.
    """

    review: npt.NDArray[np.int64]
    place: npt.NDArray[np.int64]
    score: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """Arrays by account, in the order of ``sealed.account``.

    ``score`` is the largest ever given; ``flagged`` is the number of the first review at which it
    was over the operating point (``NEVER_FLAGGED`` if never); ``cluster`` is the detector's, -1
    for none; ``groups`` says whether the detector groups at all; ``rises`` tells when each score
    came about.
    """

    sealed: Sealed
    score: npt.NDArray[np.float64]
    cluster: npt.NDArray[np.int64]
    flagged: npt.NDArray[np.int64]
    groups: bool
    rises: Rises

    @property
    def alert(self) -> npt.NDArray[np.bool_]:
        """Was an account flagged by the end?"""
        alert: npt.NDArray[np.bool_] = self.flagged != NEVER_FLAGGED
        return alert

    @property
    def prevented(self) -> npt.NDArray[np.bool_]:
        """For each row of ``sealed``'s abuse table: did it come after the account's flag?"""
        return self.sealed.abuse_review > self.flagged[self.sealed.abuse_place]


def judge(sealed: Sealed, trace: Trace, threshold: float) -> Judged:
    """Set a trace against the truth."""
    place = np.searchsorted(trace.account, sealed.account)
    return Judged(
        sealed,
        trace.score[place],
        trace.cluster[place],
        trace.first_over(threshold)[place],
        trace.groups,
        _rises(sealed, trace),
    )


def _rises(sealed: Sealed, trace: Trace) -> Rises:
    """A trace's rises, of the accounts that are judged."""
    place = np.searchsorted(sealed.account, trace.rise_account)
    place = np.minimum(place, max(len(sealed.account) - 1, 0))
    here = sealed.account[place] == trace.rise_account
    review = trace.rise_review[here].astype(np.int64)
    return Rises(review, place[here].astype(np.int64), trace.rise_score[here])
