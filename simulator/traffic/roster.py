"""The accounts of a shard: growing arrays indexed by the account's local number."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.core.plans import TRIAL
from shamcrowd.simulator.traffic.slice_messages import LEGITIMATE, AccountSpans, NewAccounts


class Roster:
    """State of every account of a shard; arrays of equal length.

    Attributes:
        group: index into ``groups``; -1: unused.
        stop: time (ms) from which nothing is served any more.
        unpaid: time (ms) from which nothing is served until the owner pays; NEVER: he has paid.
        cuts_off: nothing is served when the credit is used up; otherwise more is bought meanwhile.
        left: trial or prepaid credit left, US dollars; infinite for others.
        owed: usage not charged yet, US dollars.
        served: requests of the current day.
        first_served: time (ms) of a campaign's account's first request; NEVER: none yet.
        banned_from: beginning of the latest ban, ms.
        banned_until: its end, ms.
        slow_from: beginning of the latest throttle, ms.
        slow_until: its end, ms.
        free: part of ``owed`` for requests that a ban or throttle removed, US dollars.
    """

    def __init__(self, trial_credit: float, limits: tuple[int, ...]) -> None:
        self._credit = trial_credit
        self._limits = np.array(limits, np.int32)
        self.groups: list[str] = []
        self.group = np.empty(0, np.int16)
        self.handle = np.empty(0, np.int64)
        self.account = np.empty(0, np.int32)
        self.opened = np.empty(0, np.int64)
        self.stop = np.empty(0, np.int64)
        self.unpaid = np.empty(0, np.int64)
        self.cuts_off = np.empty(0, np.bool_)
        self.plan = np.empty(0, np.int8)
        self.card = np.empty(0, np.int32)
        self.device = np.empty(0, np.int32)
        self.other = np.empty(0, np.int32)
        self.other_since = np.empty(0, np.int64)
        self.charge_success = np.empty(0, np.float32)
        self.dispute_rate = np.empty(0, np.float32)
        self.challenge_success = np.empty(0, np.float32)
        self.left = np.empty(0, np.float64)
        self.owed = np.empty(0, np.float64)
        self.limit = np.empty(0, np.int32)
        self.served = np.empty(0, np.int64)
        self.first_served = np.empty(0, np.int64)
        self.banned_from = np.empty(0, np.int64)
        self.banned_until = np.empty(0, np.int64)
        self.slow_from = np.empty(0, np.int64)
        self.slow_until = np.empty(0, np.int64)
        self.free = np.empty(0, np.float64)
        self._blank = {
            "group": -1,
            "handle": -1,
            "account": -1,
            "opened": NEVER,
            "stop": 0,
            "unpaid": NEVER,
            "cuts_off": False,
            "plan": 0,
            "card": -1,
            "device": -1,
            "other": -1,
            "other_since": NEVER,
            "charge_success": 1.0,
            "dispute_rate": 0.0,
            "challenge_success": 1.0,
            "left": np.inf,
            "owed": 0.0,
            "limit": 2**30,
            "served": 0,
            "first_served": NEVER,
            "banned_from": NEVER,
            "banned_until": NEVER,
            "slow_from": NEVER,
            "slow_until": NEVER,
            "free": 0.0,
        }

    def __len__(self) -> int:
        return len(self.group)

    def join(self, new_accounts: NewAccounts) -> None:
        """Add accounts."""
        if not len(new_accounts.local):
            return
        if new_accounts.group not in self.groups:
            self.groups.append(new_accounts.group)
        need = int(new_accounts.local.max()) + 1
        if need > len(self):
            # Twice the need, so that growth is cheap; unused rows never serve anything.
            room = max(need, len(self) * 2)
            for name, blank in self._blank.items():
                old = getattr(self, name)
                grown = np.full(room, blank, old.dtype)
                grown[: len(old)] = old
                setattr(self, name, grown)
        at = new_accounts.local
        self.group[at] = self.groups.index(new_accounts.group)
        for name in (
            "handle",
            "account",
            "opened",
            "plan",
            "card",
            "device",
            "other",
            "other_since",
            "charge_success",
            "dispute_rate",
            "challenge_success",
        ):
            getattr(self, name)[at] = getattr(new_accounts, name)
        self.stop[at] = NEVER
        self.left[at] = np.where(new_accounts.plan == TRIAL, self._credit, np.inf)
        self.limit[at] = self._limits[new_accounts.plan]

    def belong(self, at: npt.NDArray[np.int32], group: str) -> npt.NDArray[np.bool_]:
        """Whether accounts were opened by a group, shape (len(at),)."""
        known = group in self.groups
        mine: npt.NDArray[np.bool_] = self.group[at] == (self.groups.index(group) if known else -2)
        return mine

    @property
    def served_until(self) -> npt.NDArray[np.int64]:
        """Time (ms) from which each account is not served, at present or for good."""
        return np.minimum(self.stop, self.unpaid)

    def cut_off(self, at: npt.NDArray[np.int64], times: Millis) -> None:
        """Serve nothing to accounts from ``times`` (ms) on, until they pay."""
        self.unpaid[at] = np.minimum(self.unpaid[at], times)

    def serve_again(self, at: npt.NDArray[np.int64], times: Millis) -> None:
        """Serve accounts that have paid from ``times`` (ms) on."""
        self.unpaid[at] = NEVER
        self.opened[at] = np.maximum(self.opened[at], times)

    def change_plan(self, at: npt.NDArray[np.int64], plan: npt.NDArray[np.integer]) -> None:
        """Put accounts on paid plans (shape (n,), indices into `PLANS`)."""
        self.plan[at] = plan
        self.left[at] = np.inf
        self.cuts_off[at] = False
        self.limit[at] = self._limits[plan]

    def ban(self, bans: AccountSpans) -> None:
        """Ban accounts for a time."""
        self.banned_from[bans.local], self.banned_until[bans.local] = bans.since, bans.until

    def slow(self, throttles: AccountSpans) -> None:
        """Lower accounts' rate limits for a time."""
        at = throttles.local
        self.slow_from[at], self.slow_until[at] = throttles.since, throttles.until

    def banned(self, at: npt.NDArray[np.integer], times: Millis) -> npt.NDArray[np.bool_]:
        """Which accounts (shape (n,)) are banned, each at a time of its own (ms)."""
        return (self.banned_from.take(at) <= times) & (times < self.banned_until.take(at))

    def banned_at(self, moment: int) -> npt.NDArray[np.bool_]:
        """Mask of accounts that are banned at a time (ms)."""
        return (self.banned_from <= moment) & (moment < self.banned_until)

    def first_requests(
        self, at: npt.NDArray[np.int32], times: Millis
    ) -> tuple[npt.NDArray[np.int32], Millis]:
        """Note requests in order of time; return the campaigns' accounts that begin with them.

        Args:
            at: shape (n,), accounts that sent them.
            times: shape (n,), ms.

        Returns:
            Ids of m accounts that had sent none before, and when each sends its first, ms.
        """
        waiting = self.sham_accounts() & (self.first_served == NEVER)
        some = np.flatnonzero(waiting.take(at))
        new, first = np.unique(at.take(some), return_index=True)
        self.first_served[new] = times.take(some.take(first))
        return self.account[new], self.first_served[new]

    def sham_accounts(self) -> npt.NDArray[np.bool_]:
        """Mask of accounts that belong to a campaign."""
        honest = self.groups.index(LEGITIMATE) if LEGITIMATE in self.groups else -1
        sham: npt.NDArray[np.bool_] = (self.group >= 0) & (self.group != honest)
        return sham

    def group_of(self, at: int) -> str:
        """Name of an account's group."""
        return self.groups[int(self.group[at])]
