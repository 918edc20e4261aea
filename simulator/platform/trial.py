"""Trial credit: requests are served until it is used up."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.radix import stable_order


def used_up(
    account: npt.NDArray[np.int32],
    cost: npt.NDArray[np.float64],
    left: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]] | None:
    """Find requests made after an account's credit ran out, and the request that used it up.

    Args:
        account: shape (n,), local account numbers in order of time.
        cost: shape (n,), US dollars.
        left: credit by account before these requests; infinite for paying accounts.

    Returns:
        None if no credit runs out; otherwise a mask (n,) of the refused requests, and for each
        exhausted account the index of its last served request.

    >>> used_up(np.array([0, 0, 0]), np.array([2.0, 2.0, 2.0]), np.array([3.0]))
    (array([False, False,  True]), array([1]))
    """
    spent = np.bincount(account, weights=cost, minlength=len(left))
    empty = spent >= left
    if not empty.any():
        return None
    rows = np.flatnonzero(empty[account])
    if not rows.size:
        return None
    order = rows.take(stable_order(account.take(rows)))
    sorted_account = account[order]
    running = np.cumsum(cost[order])
    first = np.flatnonzero(np.diff(sorted_account, prepend=-1))
    before = np.repeat(running[first] - cost[order][first], np.diff(first, append=len(order)))
    dry = running - before >= left[sorted_account]
    refused = np.zeros(len(account), np.bool_)
    # The request that uses up the credit is still served; later ones are refused.
    follows = np.concatenate([[False], dry[:-1] & (sorted_account[1:] == sorted_account[:-1])])
    refused[order[follows]] = True
    return refused, np.sort(order[dry & ~follows])
