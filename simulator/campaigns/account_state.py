"""What has become of each account of a campaign: the one place where it is kept."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Handles, Millis
from shamcrowd.simulator.traffic.slice_messages import (
    BLOCKED,
    ENFORCED,
    FAILED,
    SUSPENDED,
    THROTTLED,
)

STATUSES = ("active", "throttled", "suspended", "closed")
ACTIVE, SLOWED, SHUT, CLOSED = range(len(STATUSES))
"""Active and throttled accounts are alive. A suspended account may be reinstated, a closed one (its
trial ended, its card was declined) never works again."""


class AccountState:
    """Accounts of one campaign in the order in which it opened or took them over.

    All arrays have one entry per account.

    Attributes:
        handle: the account's handle.
        opens: when it can be used first, ms since 1970.
        own: whether the campaign opened it; otherwise it was taken over.
        acted_on: whether the platform ever suspended, challenged or throttled it, or refused what
            it came through. Stays true after a reinstatement.
        reason: cause of its latest loss, "" if there was none.

    >>> state = AccountState()
    >>> state.add(np.array([4, 6, 9]), opens=np.array([10, 20, 30]), own=True)
    >>> state.lose(4, SUSPENDED)
    >>> state.lose(6, THROTTLED)
    >>> [STATUSES[code] for code in state.status()], state.alive.tolist()
    (['suspended', 'throttled', 'active'], [False, True, True])
    >>> state.reinstate(4)
    >>> state.working(25).tolist(), state.acted_on.tolist()
    ([4, 6], [True, True, False])
    """

    def __init__(self) -> None:
        self.handle: Handles = np.empty(0, np.int64)
        self.opens: Millis = np.empty(0, np.int64)
        self.own = np.empty(0, np.bool_)
        self.acted_on = np.empty(0, np.bool_)
        self.reason = np.empty(0, np.object_)
        self._throttled = np.empty(0, np.bool_)
        self._suspended = np.empty(0, np.bool_)
        self._closed = np.empty(0, np.bool_)

    def __len__(self) -> int:
        return len(self.handle)

    @property
    def alive(self) -> npt.NDArray[np.bool_]:
        """Whether each still works, or will once it opens. Throttled accounts are alive."""
        alive: npt.NDArray[np.bool_] = ~(self._suspended | self._closed)
        return alive

    @property
    def suspended(self) -> npt.NDArray[np.bool_]:
        """Whether the platform has shut each, by suspension or challenge, and not reinstated it."""
        return self._suspended

    def status(self) -> npt.NDArray[np.int8]:
        """Status of each account, an index into `STATUSES`."""
        status = np.where(self._throttled, SLOWED, ACTIVE)
        status = np.where(self._suspended, SHUT, status)
        return np.where(self._closed, CLOSED, status).astype(np.int8)

    def working(self, now: int) -> Handles:
        """Handles of the accounts that are alive and opened before ``now`` (ms)."""
        return self.handle[self.alive & (self.opens < now)]

    def add(self, handles: Handles, opens: Millis, *, own: bool) -> None:
        """Add n active accounts: their handles and when they open (ms), both of shape (n,)."""
        count = len(handles)
        self.handle = np.concatenate([self.handle, handles])
        self.opens = np.concatenate([self.opens, opens])
        self.own = np.concatenate([self.own, np.full(count, own)])
        self.reason = np.concatenate([self.reason, np.full(count, "", np.object_)])
        none = np.zeros(count, np.bool_)
        self.acted_on = np.concatenate([self.acted_on, none])
        self._throttled = np.concatenate([self._throttled, none])
        self._suspended = np.concatenate([self._suspended, none])
        self._closed = np.concatenate([self._closed, none])

    def lose(self, handle: int, cause: str) -> None:
        """Note that an account was lost, throttled or refused, and why (see `Loss`)."""
        which = self.handle == handle
        self.reason[which] = cause
        self.acted_on |= which & (cause in ENFORCED)
        if cause == THROTTLED:
            self._throttled |= which
        elif cause == BLOCKED:
            return
        elif cause in (SUSPENDED, FAILED):
            self._suspended |= which
        else:
            self._closed |= which

    def reinstate(self, handle: int) -> None:
        """Note that a suspension was lifted. An account that closed by itself stays closed."""
        self._suspended &= self.handle != handle
