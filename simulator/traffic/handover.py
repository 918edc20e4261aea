"""Addresses of sessions: where each begins, and when it moves to another of the account's.

A phone leaves home and uses its carrier, and perhaps returns; a proxy is exchanged. How often is a
number of the usage profile, the same way for everybody.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.streams import mixed
from shamcrowd.simulator.traffic.sessions import Sessions

HOME = 43_691
"""65,536ths of the sessions that use an account's first address or client, if it has several."""
_MANY = 64
"""Accounts with more addresses than this use all alike."""
_U16 = np.uint64(0xFFFF)


def pick(chance: npt.NDArray[np.int64], many: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Which of ``many`` things a session uses: mostly the first, otherwise any.

    ``chance``: 16 random bits.

    >>> pick(np.array([0, 43690, 43691, 65535]), np.array([3, 3, 3, 3])).tolist()
    [0, 0, 0, 2]
    """
    found: npt.NDArray[np.int64] = np.where(
        chance < HOME, 0, (chance * 3 - 2 * 65_536) * many >> 16
    ).clip(0)
    return found


def places(
    sessions: Sessions,
    slots: npt.NDArray[np.int32],
    first: npt.NDArray[np.int64],
    handover: npt.NDArray[np.int32],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Draw where sessions are.

    Args:
        sessions: n sessions.
        slots: shape (n,), number of addresses of each one's account.
        first: shape (n,), index of each session's first request.
        handover: shape (n,), 65,536ths of such sessions that move.

    Returns:
        Number of the first address of each session, shape (n,); that of the other one, for
        sessions that move (shape (n,), otherwise equal); and the requests with which a session
        changes from one to the other, ascending.
    """
    chance = (sessions.luck >> np.uint64(48)).astype(np.int64)
    start = np.where(slots > _MANY, chance * slots >> 16, pick(chance, slots))
    luck = ((sessions.more >> np.uint64(32)) & _U16).astype(np.int32)
    moving = np.flatnonzero((slots > 1) & (sessions.count > 1) & (luck < handover))
    words = mixed(sessions.more.take(moving), 5)
    part = [((words >> np.uint64(16 * n)) & _U16).astype(np.int64) for n in range(4)]
    many, count = slots.take(moving).astype(np.int64), sessions.count.take(moving)
    other = start.copy()
    other[moving] = (start.take(moving) + 1 + (part[0] * (many - 1) >> 16)) % many
    leaves = 1 + (part[1] * (count - 1) >> 16)
    # Half of them return, if anything is left of the session.
    returns = leaves + 1 + (part[2] * (count - leaves - 1) >> 16)
    back = (part[3] < 1 << 15) & (returns < count)
    begin = first.take(moving)
    change = np.sort(np.concatenate([begin + leaves, (begin + returns)[back]]))
    return start, other, change
