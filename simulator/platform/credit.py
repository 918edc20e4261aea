"""Trial and prepaid credit: requests cost something and are served until it is used up."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.core.plans import TRIAL
from shamcrowd.simulator.core.radix import stable_order
from shamcrowd.simulator.traffic.request_columns import ServedRequests
from shamcrowd.simulator.traffic.roster import Roster


def used_up(
    account: npt.NDArray[np.int32],
    cost: npt.NDArray[np.float64],
    left: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]] | None:
    """Find requests made after an account's credit ran out, and the request that used it up.

    Args:
        account: shape (n,), local account numbers in order of time.
        cost: shape (n,), US dollars.
        left: credit by account before these requests; infinite for those who have none.

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


def account_for(
    served: ServedRequests, cost: npt.NDArray[np.float64], roster: Roster
) -> tuple[ServedRequests, tuple[npt.NDArray[np.int64], Millis]]:
    """Take the cost of requests (US dollars, shape (n,)) from credit, or add it to what is owed.

    Returns:
        The requests that are served, and the accounts whose credit was used up (local numbers),
        with the time of the request that did it (ms).
    """
    dry = used_up(served.account, cost, roster.left)
    exhausted = np.empty(0, np.int64), np.empty(0, np.int64)
    if dry is not None:
        refused, last = dry
        refused &= roster.cuts_off.take(served.account)
        exhausted = served.account[last].astype(np.int64), served.time[last]
        served, cost = served.kept(~refused), cost[~refused]
    spent = np.bincount(served.account, weights=cost, minlength=len(roster))
    roster.left -= spent
    roster.owed += np.where(roster.plan == TRIAL, 0.0, spent)
    roster.served += np.bincount(served.account, minlength=len(roster))
    return served, exhausted
