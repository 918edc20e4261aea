"""Rate limits: requests per minute by plan; requests beyond the limit get status 429."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_MINUTE, Millis
from shamcrowd.simulator.core.radix import stable_order

Accounts = npt.NDArray[np.int32]


def waits(time: Millis, account: Accounts, limit: Accounts) -> npt.NDArray[np.int32] | None:
    """How long requests over their account's limit in a sliding minute should wait.

    A request exceeds the limit when the ``limit``-th request before it, by the same account, was
    less than a minute earlier. Only accounts with more requests than their limit are examined.

    Args:
        time: shape (n,), ms, ascending.
        account: shape (n,), local account numbers.
        limit: requests per minute, by account.

    Returns:
        Time until there is room for one more, if no other is sent, ms; 0 for requests within the
        limit; shape (n,). None if all are.

    >>> waits(np.array([0, 10, 20]), np.array([0, 0, 0]), np.array([2])).tolist()
    [0, 0, 59990]
    """
    hot = np.bincount(account, minlength=len(limit)) > limit
    if not hot.any():
        return None
    rows = np.flatnonzero(hot.take(account))
    order = rows.take(stable_order(account.take(rows)))
    sorted_account, sorted_time = account.take(order), time.take(order)
    found = np.zeros(len(time), np.int32)
    for size in np.unique(limit[hot]).tolist():
        if size >= len(order):
            continue
        late = (sorted_account[size:] == sorted_account[:-size]) & (
            sorted_time[size:] - sorted_time[:-size] < MS_PER_MINUTE
        )
        late &= limit.take(sorted_account[size:]) == size
        # The request itself counts, so that there is room when the next one after that is gone.
        room = MS_PER_MINUTE - (sorted_time[size:] - sorted_time[1 : len(order) - size + 1])
        found[order[size:][late]] = room[late]
    return found if found.any() else None


def over_limit(time: Millis, account: Accounts, limit: Accounts) -> npt.NDArray[np.bool_] | None:
    """Flag requests that exceed their account's limit in a sliding minute; None if none does.

    Arguments as of `waits`.

    >>> over_limit(np.array([0, 10, 20]), np.array([0, 0, 0]), np.array([2])).tolist()
    [False, False, True]
    """
    found = waits(time, account, limit)
    return None if found is None else found > 0
