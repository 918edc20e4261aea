"""Ban intervals by account id, used to suppress activity rows of banned accounts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.truth_schema import RESPONSE_ACTIONS
from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.traffic.slice_messages import AccountSpans, Checks

_NOT = -1


class Bans:
    """The latest ban of each account; earlier ones must have ended by then."""

    def __init__(self) -> None:
        self._account = np.empty(0, np.int32)
        self._since = np.empty(0, np.int64)
        self._until = np.empty(0, np.int64)

    def __bool__(self) -> bool:
        return bool(len(self._account))

    def add(self, spans: AccountSpans) -> None:
        """Add bans, replacing earlier ones of the same accounts."""
        left = ~np.isin(self._account, spans.account)
        account = np.concatenate([self._account[left], spans.account])
        order = np.argsort(account, kind="stable")
        self._account = account[order]
        self._since = np.concatenate([self._since[left], spans.since])[order]
        self._until = np.concatenate([self._until[left], spans.until])[order]

    def add_checks(self, steps: list[Checks]) -> None:
        """Add the suspensions among the steps that a shard's challenges took in a slice."""
        if not steps:
            return
        time = np.concatenate([step.time for step in steps])
        account = np.concatenate([step.account for step in steps])
        action = np.concatenate([step.action for step in steps])
        shut = np.flatnonzero(action == RESPONSE_ACTIONS.index("suspension"))
        back = np.flatnonzero(action == RESPONSE_ACTIONS.index("reinstatement"))
        until = np.full(len(shut), NEVER, np.int64)
        back = back[np.argsort(account[back])]
        if len(back):
            at = np.minimum(np.searchsorted(account[back], account[shut]), len(back) - 1)
            same = account[back[at]] == account[shut]
            until[same] = time[back[at[same]]]
        # The local numbers are the shard's and not needed here.
        self.add(AccountSpans(shut, account[shut], time[shut], until))

    def end(self, account: npt.NDArray[np.int32], time: Millis) -> npt.NDArray[np.int64]:
        """Return the end (ms) of the ban that covers each account at a time; -1 if not banned.

        Args:
            account: shape (n,), account ids.
            time: shape (n,), ms.

        >>> bans, at = Bans(), np.array([5, 30])
        >>> since, until = np.array([4]), np.array([9])
        >>> bans.add(AccountSpans(np.array([0]), np.array([7], np.int32), since, until))
        >>> bans.end(np.array([7, 7], np.int32), at).tolist()
        [9, -1]
        """
        if not self:
            return np.full(len(account), _NOT, np.int64)
        at = np.minimum(np.searchsorted(self._account, account), len(self._account) - 1)
        inside = (self._account[at] == account) & (self._since[at] <= time)
        inside &= time < self._until[at]
        return np.where(inside, self._until[at], _NOT)
