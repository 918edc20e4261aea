"""What a campaign's accounts are able to do in the time that is left: the base of its planning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR

if TYPE_CHECKING:
    from shamcrowd.simulator.platform.account_batch import Workload
    from shamcrowd.simulator.traffic.profile_tables import ProfileTables


class Workforce:
    """Duties of a campaign's accounts, by habit (``habits`` of them), at level 1."""

    def __init__(self, usage_profiles: int) -> None:
        self.usage_profiles = usage_profiles
        self._handle = [np.empty(0, np.int64) for _ in range(usage_profiles)]
        self._rate = [np.empty(0) for _ in range(usage_profiles)]
        self._whole = [np.empty(0) for _ in range(usage_profiles)]
        """Rates as they were, for those who come back."""
        self._class = [np.empty(0, np.int64) for _ in range(usage_profiles)]
        self._opens = [np.empty(0, np.int64) for _ in range(usage_profiles)]
        self._ends = [np.empty(0, np.int64) for _ in range(usage_profiles)]

    def add_workload(
        self,
        number: int,
        handle: npt.NDArray[np.int64],
        rate: npt.NDArray[np.float64],
        profile: npt.NDArray[np.int32],
        opens: npt.NDArray[np.int64],
        ends: npt.NDArray[np.int64],
    ) -> None:
        """Add duties: ``rate`` in requests a day, ``opens`` and ``ends`` in ms."""
        for column, values in (
            (self._handle, handle),
            (self._rate, rate),
            (self._whole, rate),
            (self._class, profile),
            (self._opens, opens),
            (self._ends, ends),
        ):
            column[number] = np.concatenate([column[number], values])

    def add_workloads(
        self,
        handles: npt.NDArray[np.int64],
        workloads: list[Workload],
        opens: npt.NDArray[np.int64],
        first: int,
        tables: ProfileTables,
    ) -> None:
        """Add all duties of accounts that open at ``opens`` (ms); ``first`` is the row of the
        first habit in the tables.
        """
        for workload in workloads:
            self.add_workload(
                workload.profile - first,
                handles[workload.who],
                workload.rate * tables.mean_requests[workload.profile],
                tables.class_of(workload.profile, workload.zone),
                np.maximum(workload.opens, opens[workload.who]),
                workload.ends,
            )

    def workers(self, numbers: list[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """Handles of those who follow some habits, duty by duty, and their rates; 0 if lost."""
        return (
            np.concatenate([self._handle[number] for number in numbers]),
            np.concatenate([self._rate[number] for number in numbers]),
        )

    def requests_per_day(self, numbers: list[int], levels: npt.NDArray[np.float64]) -> float:
        """Requests that an account makes in a day, in the mean over those not lost, if it follows
        some habits at some levels.
        """
        total, busy = 0.0, [np.empty(0, np.int64)]
        for number, level in zip(numbers, levels.tolist(), strict=True):
            total += level * float(self._rate[number].sum())
            busy.append(self._handle[number][self._rate[number] > 0])
        return total / max(len(np.unique(np.concatenate(busy))), 1)

    def lose(self, handle: int) -> None:
        """Take an account out."""
        for number, handles in enumerate(self._handle):
            self._rate[number] = np.where(handles == handle, 0.0, self._rate[number])

    def reinstate(self, handle: int) -> None:
        """Take an account back in."""
        for number, handles in enumerate(self._handle):
            own = handles == handle
            self._rate[number] = np.where(own, self._whole[number], self._rate[number])

    def capacity(
        self, number: int, tables: ProfileTables, span: tuple[int, int], start: int
    ) -> float:
        """Requests between two moments (ms, ``now`` at a full hour), by everybody's own clock."""
        now, until = span
        rate = self._rate[number]
        if not len(rate) or until <= now:
            return 0.0
        hours = -(-(until - now) // MS_PER_HOUR)
        by_hour = tables.hours((now - start) // MS_PER_HOUR, hours)
        reached = np.concatenate([np.zeros((len(by_hour), 1)), np.cumsum(by_hour, axis=1)], axis=1)
        profile = self._class[number]

        def passed(moment: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
            at = np.clip((moment - now) / MS_PER_HOUR, 0, (until - now) / MS_PER_HOUR)
            full = np.minimum(at.astype(np.int64), hours - 1)
            return reached[profile, full] + (at - full) * by_hour[profile, full]

        first, last = self._opens[number], np.maximum(self._ends[number], self._opens[number])
        return float((rate * (passed(last) - passed(first))).sum())
