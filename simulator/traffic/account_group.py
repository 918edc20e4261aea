"""A group of accounts inside a shard: the legitimate ones, or one campaign's.

Holds the group's workloads and their activity levels by day.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.core.handles import Counter
from shamcrowd.simulator.core.plans import TRIAL
from shamcrowd.simulator.core.streams import Streams, bits, unit
from shamcrowd.simulator.lifecycle.keys import KeyUse
from shamcrowd.simulator.traffic.client_settings import ClientSettings
from shamcrowd.simulator.traffic.conversation_memory import ConversationMemory
from shamcrowd.simulator.traffic.draw import Draw, GroupState
from shamcrowd.simulator.traffic.failures import account_factors, retries
from shamcrowd.simulator.traffic.profile_tables import ProfileTables, normal
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.session_starts import SessionStarts
from shamcrowd.simulator.traffic.slice_messages import ModelShift, SliceOrder
from shamcrowd.simulator.traffic.traffic_rows import GroupTraffic
from shamcrowd.simulator.traffic.workloads import Workloads

_ACTIVITY_MEMORY = 0.7
"""Correlation of the daily activity level with that of the day before (assumed)."""


def moods(workloads: Workloads, profile: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """For each workload the one whose days it shares, by index.

    Workloads of one account that follow each other, with the same clients and other usage profiles,
    are one person's: he is there for all of them, or for none.
    """
    follows = np.zeros(len(workloads), np.bool_)
    follows[1:] = (
        (workloads.account[1:] == workloads.account[:-1])
        & (workloads.client[1:] == workloads.client[:-1]).all(axis=1)
        & (profile[1:] != profile[:-1])
    )
    first: npt.NDArray[np.int64] = np.where(follows, 0, np.arange(len(workloads)))
    return np.maximum.accumulate(first)


class AccountGroup:
    """Accounts with common random streams: nothing outside a group changes its draws."""

    def __init__(
        self,
        name: str,
        tables: ProfileTables,
        streams: Streams,
        shard: int,
        counters: tuple[Counter, ...],
    ) -> None:
        self.name = name
        self.workloads = Workloads.none()
        self.resent = counters[3]
        self._label = f"{name or 'innocent'}/{shard}"
        self._tables = tables
        self._streams = streams
        self._state = GroupState(
            ConversationMemory(), np.empty(0, np.float32), np.empty(0, np.int8),
            ClientSettings.none(), counters,
        )  # fmt: skip
        self._active_share = np.array([h.active_share for h in tables.usage_profiles])
        self._active_days = np.array([h.active_days for h in tables.usage_profiles])
        self._activity_sigma = np.array([h.activity_sigma for h in tables.usage_profiles])
        self._mood = np.empty(0, np.int64)
        self._on = np.empty(0, np.bool_)
        self._activity = np.empty(0, np.float64)
        self._level = np.empty(0, np.float64)

    def join(self, workloads: Workloads, account: npt.NDArray[np.int32], slice_number: int) -> None:
        """Add workloads of accounts (ids), each with an initial activity level."""
        rng = self._streams(f"join/{self._label}", (slice_number << 20) + len(self.workloads))
        profile = self._tables.profile_of(workloads.zoned_profile)
        mood = moods(workloads, profile)
        self._mood = np.concatenate([self._mood, len(self.workloads) + mood])
        luck = unit(bits(rng, len(workloads)))[mood]
        self._on = np.concatenate([self._on, luck < self._active_share[profile]])
        activity = normal((bits(rng, len(workloads)) >> np.uint64(52)).astype(np.int64))
        self._activity = np.concatenate([self._activity, activity[mood]])
        self.workloads = Workloads.stacked([self.workloads, workloads])
        state, key = self._state, self._streams.key
        state.memory.grow(len(self.workloads))
        factors = account_factors(account, key("error factors"))
        state.error_factor = np.concatenate([state.error_factor, factors])
        tries = retries(account, key("retries"))
        state.retries = np.concatenate([state.retries, tries])
        state.settings.join(account, key)
        self._refresh()

    def change_keys(self, local: npt.NDArray[np.int64], keys: KeyUse) -> None:
        """Let the accounts ``local`` (ascending) use other keys from now on."""
        at = np.minimum(np.searchsorted(local, self.workloads.account), len(local) - 1)
        rows = np.flatnonzero(local[at] == self.workloads.account)
        for name, values in vars(keys).items():
            getattr(self.workloads, name)[rows] = values[at[rows]]

    def _refresh(self) -> None:
        profile = self._tables.profile_of(self.workloads.zoned_profile)
        sigma = self._activity_sigma[profile]
        level = np.exp(sigma * self._activity - sigma * sigma / 2) / self._active_share[profile]
        self._level = np.where(self._on, level, 0.0) * self.workloads.rate

    def wake(self, day: int) -> None:
        """Start a day: draw which workloads are active, and their autocorrelated levels."""
        if not len(self.workloads):
            return
        rng = self._streams(f"mood/{self._label}", day)
        profile = self._tables.profile_of(self.workloads.zoned_profile)
        active_share = self._active_share[profile]
        leave = 1.0 / np.maximum(self._active_days[profile], 1.0)
        enter = np.where(
            active_share < 1,
            np.minimum(leave * active_share / np.maximum(1 - active_share, 1e-9), 1),
            1,
        )
        leave = np.where(active_share < 1, np.minimum(leave, 1), 0.0)
        luck = unit(bits(rng, len(profile)))[self._mood]
        self._on = np.where(self._on, luck >= leave, luck < enter)
        fresh = normal((bits(rng, len(profile)) >> np.uint64(52)).astype(np.int64))
        self._activity = (
            _ACTIVITY_MEMORY * self._activity + np.sqrt(1 - _ACTIVITY_MEMORY**2) * fresh[self._mood]
        )
        self._refresh()

    def adopt(
        self, shift: ModelShift, slice_number: int
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Move a share of the accounts to a new model; return accounts and times (ms).

        Who moves does so with all workloads, or accounts with two would move more often.
        """
        rng, workloads = self._streams(f"adopt/{self._label}", slice_number), self.workloads
        accounts, whose = np.unique(workloads.account, return_inverse=True)
        count = len(accounts)
        moving = unit(bits(rng, count)) < shift.share
        delay = -np.log1p(-unit(bits(rng, count))) * shift.hours * MS_PER_HOUR
        moment = shift.time + delay.astype(np.int64)
        moves, when = moving[whose], moment[whose]
        workloads.model = np.where(
            workloads.switch <= shift.time, workloads.next_model, workloads.model
        )
        workloads.next_model = np.where(moves, np.int8(shift.model), workloads.model).astype(
            np.int8
        )
        workloads.switch = np.where(moves, when, shift.time)
        return accounts[moving], moment[moving]

    def draw(
        self,
        draw: Draw,
        order: SliceOrder,
        mass: npt.NDArray[np.float64],
        starts: SessionStarts,
        roster: Roster,
        addresses: tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]],
    ) -> GroupTraffic | None:
        """Draw the traffic of a slice; None if there is none."""
        workloads = self.workloads
        if not len(workloads):
            return None
        expected = self._level * mass[workloads.zoned_profile]
        idle = (workloads.ends <= order.begin) | (workloads.opens >= order.end)
        idle |= self._out_of_service(roster, order)[workloads.account]
        expected[idle] = 0.0
        if self.name:
            levels = np.zeros(len(self._tables.usage_profiles))
            for row, level in order.levels.get(self.name, {}).items():
                levels[row] = level
            expected *= levels[self._tables.profile_of(workloads.zoned_profile)]
            if self.name in order.shares:
                local, kept = order.shares[self.name]
                share = np.ones(len(roster))
                share[local] = kept
                expected *= share[workloads.account]
        opens = workloads.opens
        if self.name:
            opens = np.maximum(roster.opened[workloads.account], opens)
        rng = self._streams(f"traffic/{self._label}", order.number)
        return draw(
            rng,
            workloads,
            expected,
            opens,
            order.begin,
            starts,
            *addresses,
            self._state,
        )

    def _out_of_service(self, roster: Roster, order: SliceOrder) -> npt.NDArray[np.bool_]:
        """Accounts of the roster for which nothing is drawn in a slice.

        Draws of legitimate accounts depend on nothing that a campaign or a response can change:
        neither on bans nor, of paid plans, whose accounts may be taken over, on unpaid bills. What
        they are not served is drawn all the same and removed (see `AccessGate`).
        """
        out: npt.NDArray[np.bool_] = roster.served_until <= order.begin
        if not self.name:
            out &= roster.plan == TRIAL
            return out
        shut = (roster.banned_from <= order.begin) & (roster.banned_until >= order.end)
        return out | shut
