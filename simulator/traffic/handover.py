"""Addresses of sessions: where each begins, and when it moves to another of the account's.

A phone leaves home and uses its carrier, and perhaps returns; a proxy is exchanged. How often is a
number of the usage profile, the same way for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Whereabouts:
    """Where n sessions are, and into which m parts this divides their conversations.

    Attributes:
        start: shape (n,), number of the address at which each session begins.
        begins: shape (m,), ascending, index of each part's first request.
        conversation: shape (m,), the conversation that it is a part of.
        session: shape (m,), its session.
        address: shape (m,), number of its address, among those of the account.
        of: shape (r,), part of each request.
    """

    start: npt.NDArray[np.int64]
    begins: npt.NDArray[np.intp]
    conversation: npt.NDArray[np.int64]
    session: npt.NDArray[np.int64]
    address: npt.NDArray[np.int64]
    of: npt.NDArray[np.int64]


def whereabouts(
    sessions: Sessions,
    slots: npt.NDArray[np.int32],
    handover: npt.NDArray[np.int32],
    first: npt.NDArray[np.int64],
    fresh: npt.NDArray[np.bool_],
    opens: npt.NDArray[np.intp],
    of: npt.NDArray[np.int64],
    session: npt.NDArray[np.int64],
) -> Whereabouts:
    """Draw where sessions are.

    Args:
        sessions: n sessions.
        slots: shape (n,), number of addresses of each one's account.
        handover: shape (n,), 65,536ths of such sessions that move.
        first: shape (n,), index of each session's first request.
        fresh: shape (r,), whether a request is the first of a conversation.
        opens: shape (k,), index of each of these.
        of: shape (r,), conversation of each request.
        session: shape (k,), session of each conversation.
    """
    chance = (sessions.luck >> np.uint64(48)).astype(np.int64)
    start = np.where(slots > _MANY, chance * slots >> 16, pick(chance, slots))
    luck = ((sessions.more >> np.uint64(32)) & _U16).astype(np.int32)
    moving = np.flatnonzero((slots > 1) & (sessions.count > 1) & (luck < handover))
    if not len(moving):
        return Whereabouts(start, opens, np.arange(len(opens)), session, start.take(session), of)
    words = mixed(sessions.more.take(moving), 5)
    part = [((words >> np.uint64(16 * n)) & _U16).astype(np.int64) for n in range(4)]
    many, count = slots.take(moving).astype(np.int64), sessions.count.take(moving)
    other = start.copy()
    other[moving] = (start.take(moving) + 1 + (part[0] * (many - 1) >> 16)) % many
    leaves = 1 + (part[1] * (count - 1) >> 16)
    # Half of them return, if anything is left of the session.
    returns = leaves + 1 + (part[2] * (count - leaves - 1) >> 16)
    back = (part[3] < 1 << 15) & (returns < count)
    changed = np.zeros(len(fresh), np.bool_)
    changed[first.take(moving) + leaves] = True
    changed[(first.take(moving) + returns)[back]] = True
    cut = fresh | changed
    begins = np.flatnonzero(cut)
    conversation = np.cumsum(fresh.take(begins)) - 1
    within = session.take(conversation)
    # After an odd number of changes a session is at its other address.
    passed = np.cumsum(changed.take(begins))
    begin = np.ones(len(begins), np.bool_)
    begin[1:] = within[1:] != within[:-1]
    away = (passed - passed[begin].take(within)) % 2 == 1
    address = np.where(away, other.take(within), start.take(within))
    return Whereabouts(start, begins, conversation, within, address, np.cumsum(cut) - 1)
