"""Rate limits: requests per minute by plan; requests beyond the limit get status 429."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_MINUTE, Millis
from shamcrowd.simulator.core.radix import stable_order


def over_limit(
    time: Millis,
    account: npt.NDArray[np.int32],
    limit: npt.NDArray[np.int32],
) -> npt.NDArray[np.bool_] | None:
    """Flag requests that exceed their account's limit in a sliding minute; None if none does.

    A request exceeds the limit when the ``limit``-th request before it, by the same account, was
    less than a minute earlier. Only accounts with more requests than their limit are examined.

    Args:
        time: shape (n,), ms, ascending.
        account: shape (n,), local account numbers.
        limit: requests per minute, by account.

    >>> over_limit(np.array([0, 10, 20]), np.array([0, 0, 0]), np.array([2])).tolist()
    [False, False, True]
    """
    hot = np.bincount(account, minlength=len(limit)) > limit
    if not hot.any():
        return None
    rows = np.flatnonzero(hot.take(account))
    order = rows.take(stable_order(account.take(rows)))
    sorted_account, sorted_time = account.take(order), time.take(order)
    over = np.zeros(len(time), np.bool_)
    for size in np.unique(limit[hot]).tolist():
        if size >= len(order):
            continue
        late = (sorted_account[size:] == sorted_account[:-size]) & (
            sorted_time[size:] - sorted_time[:-size] < MS_PER_MINUTE
        )
        late &= limit.take(sorted_account[size:]) == size
        over[order[size:][late]] = True
    return over if over.any() else None
