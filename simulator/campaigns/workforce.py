"""What a campaign's accounts are able to do in the time that is left: the base of its planning."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR, Handles, Millis
from shamcrowd.simulator.campaigns.account_state import AccountState
from shamcrowd.simulator.platform.workload import Workload
from shamcrowd.simulator.traffic.profile_tables import ProfileTables


class Workforce:
    """Workloads of a campaign's accounts at level 1, by usage profile.

    Accounts that are not alive (see `AccountState`) do nothing until they are reinstated.

    Args:
        usage_profiles: number of the campaign's usage profiles.
        state: its accounts.

    Attributes:
        state: its accounts.
    """

    def __init__(self, usage_profiles: int, state: AccountState) -> None:
        self.state = state
        self._account = [np.empty(0, np.int64) for _ in range(usage_profiles)]
        """Place of each workload's account in the account state."""
        self._rate = [np.empty(0) for _ in range(usage_profiles)]
        self._class = [np.empty(0, np.int64) for _ in range(usage_profiles)]
        self._opens = [np.empty(0, np.int64) for _ in range(usage_profiles)]
        self._ends = [np.empty(0, np.int64) for _ in range(usage_profiles)]

    def add_workload(
        self,
        number: int,
        account: npt.NDArray[np.int64],
        rate: npt.NDArray[np.float64],
        profile: npt.NDArray[np.int32],
        opens: Millis,
        ends: Millis,
    ) -> None:
        """Add n workloads of usage profile ``number``.

        Args:
            number: number of the usage profile in the campaign.
            account: shape (n,), place of each one's account in the account state.
            rate: shape (n,), requests a day.
            profile: shape (n,), row of profile and time zone in the profile tables.
            opens: shape (n,), when it begins, ms.
            ends: shape (n,), when it ends, ms.
        """
        for column, values in (
            (self._account, account),
            (self._rate, rate),
            (self._class, profile),
            (self._opens, opens),
            (self._ends, ends),
        ):
            column[number] = np.concatenate([column[number], values])

    def add_workloads(
        self, workloads: list[Workload], opens: Millis, first: int, tables: ProfileTables
    ) -> None:
        """Add all workloads of accounts that are about to be added to the account state.

        Args:
            workloads: they count accounts from 0.
            opens: when each account opens, ms.
            first: row of the campaign's first usage profile in the tables.
            tables: all usage profiles of the run.
        """
        before = len(self.state)
        for workload in workloads:
            self.add_workload(
                workload.profile - first,
                before + workload.who,
                workload.rate * tables.mean_requests[workload.profile],
                tables.class_of(workload.profile, workload.zone),
                np.maximum(workload.opens, opens[workload.who]),
                workload.ends,
            )

    def _rates(self, number: int) -> npt.NDArray[np.float64]:
        """Rate of each workload of a usage profile, requests a day; 0 if its account is lost."""
        return np.where(self.state.alive[self._account[number]], self._rate[number], 0.0)

    def workers_until(self, number: int, now: int, until: int) -> int:
        """Accounts that can follow a usage profile at some time between two moments (ms)."""
        able = (self._opens[number] < until) & (self._ends[number] > now)
        able &= self._rates(number) > 0
        return len(np.unique(self._account[number][able]))

    def workers(self, numbers: list[int]) -> tuple[Handles, npt.NDArray[np.float64]]:
        """Handle and rate (requests a day) of each workload of some usage profiles."""
        return (
            np.concatenate([self.state.handle[self._account[number]] for number in numbers]),
            np.concatenate([self._rates(number) for number in numbers]),
        )

    def paces(self, numbers: list[int], levels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Requests a day of each account at some levels, if none were lost.

        Args:
            numbers: usage profiles.
            levels: shape (len(numbers),), level of each.

        Returns:
            Shape (accounts,), in the order of the account state.
        """
        total = np.zeros(len(self.state))
        for number, level in zip(numbers, levels.tolist(), strict=True):
            total += np.bincount(self._account[number], level * self._rate[number], len(total))
        return total

    def capacity(
        self, number: int, tables: ProfileTables, span: tuple[int, int], start: int
    ) -> float:
        """Requests between two moments (ms, ``now`` at a full hour), by everybody's own clock."""
        now, until = span
        rate = self._rates(number)
        if not len(rate) or until <= now:
            return 0.0
        hours = -(-(until - now) // MS_PER_HOUR)
        # Of a few hundred zoned profiles a campaign has a few.
        rows, profile = np.unique(self._class[number], return_inverse=True)
        by_hour = tables.hours((now - start) // MS_PER_HOUR, hours, rows)
        reached = np.concatenate([np.zeros((len(by_hour), 1)), np.cumsum(by_hour, axis=1)], axis=1)

        def passed(moment: Millis) -> npt.NDArray[np.float64]:
            at = np.clip((moment - now) / MS_PER_HOUR, 0, (until - now) / MS_PER_HOUR)
            full = np.minimum(at.astype(np.int64), hours - 1)
            return reached[profile, full] + (at - full) * by_hour[profile, full]

        first, last = self._opens[number], np.maximum(self._ends[number], self._opens[number])
        return float((rate * (passed(last) - passed(first))).sum())
