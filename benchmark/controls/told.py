"""A trace made from the truth rather than by a detector."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from benchmark.scoring.sealed import Sealed
from benchmark.trace import Trace


def told(
    sealed: Sealed,
    suspects: npt.NDArray[np.bool_],
    since: npt.NDArray[np.int64],
    reason: str,
) -> Trace:
    """Score 1 for ``suspects`` from the first review after ``since`` (ms), 0 for all others.

    Clusters are the campaigns.
    """
    review = np.searchsorted(sealed.reviews, since)
    named = suspects & (review < len(sealed.reviews))
    return Trace(
        account=sealed.account,
        score=named.astype(np.float64),
        cluster=np.where(named, sealed.campaign, -1),
        reason=[reason if n else "" for n in named.tolist()],
        rise_review=review[named].astype(np.int32),
        rise_account=sealed.account[named],
        rise_score=np.ones(int(named.sum())),
        groups=True,
    )
