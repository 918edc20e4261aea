"""Which accounts to alert on without labels: so many a day, or by a threshold that is borrowed."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.evaluation.plan import CALIBRATION_SEEDS
from shamcrowd.benchmark.own_logs.detect import Detection
from shamcrowd.benchmark.own_logs.history import History
from shamcrowd.benchmark.own_logs.replaying import Limits, replayed
from shamcrowd.benchmark.scoring.operating_point import ALERT_RATE, operating_point
from shamcrowd.benchmark.scoring.truth_arrays import open_truth
from shamcrowd.detectors.settings import Settings
from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.units import MS_PER_DAY, AccountIds
from shamcrowd.recording.view import open_log
from shamcrowd.simulator import simulate
from shamcrowd.simulator.scenario.load import load_scenario
from shamcrowd.simulator.scenario.model import Scenario

if TYPE_CHECKING:
    import pandas as pd

HALF = 0.5
"""Place of an account that a detector finds as suspicious as any other: no alert on it."""
BORROWED = (
    "The thresholds are borrowed from {scenario}, a simulated world, where {rate:.0%} of the "
    "legitimate accounts exceed them. This log is not that world: which share of legitimate "
    "accounts they flag here is not known."
)


class DailyAlerts:
    """Alerts on the accounts with the best places, so many a day of the log, each once.

    >>> alerts = DailyAlerts(1)
    >>> accounts, place = np.array([7, 8, 9], np.int32), np.array([0.2, 0.1, 0.9])
    >>> [alerts.add(moment, accounts, place) for moment in (MS_PER_DAY, MS_PER_DAY, 2 * MS_PER_DAY)]
    [[8], [], [7]]
    >>> alerts.add(3 * MS_PER_DAY, accounts, place)
    []
    """

    def __init__(self, budget: int) -> None:
        self._budget, self._left, self._day = budget, budget, -1
        self.since: dict[int, int] = {}
        """When each account was alerted on, ms since 1970."""

    def add(self, now: int, account: AccountIds, place: npt.NDArray[np.float64]) -> list[int]:
        """Look at the places as of a review, and return the accounts to alert on.

        Args:
            now: moment of the review; one at midnight ends its day.
            account: shape (n,).
            place: shape (n,), the best place that any detector gives each.
        """
        day = (now - 1) // MS_PER_DAY
        if day != self._day:
            self._day, self._left = day, self._budget
        order = np.lexsort((account, place))
        fresh = [
            int(account[i]) for i in order[place[order] < HALF].tolist()
            if int(account[i]) not in self.since
        ][: self._left]  # fmt: skip
        self._left -= len(fresh)
        self.since.update(dict.fromkeys(fresh, now))
        return fresh


def borrowed_thresholds(
    scenario: str | Path | Scenario, detectors: Sequence[str], *,
    settings: Mapping[str, Settings] | None = None, limits: Limits | None = None,
    rate: float = ALERT_RATE, on_start: Callable[[str], None] = lambda what: None,
) -> dict[str, float]:  # fmt: skip
    """Thresholds of detectors that a share of a simulated world's legitimate accounts exceeds.

    Args:
        scenario: the world; its calibration seed is played.
        detectors: names, or ``path.py:Class``; those that learn are left out.
        settings: settings by detector.
        limits: of time and memory of a detector.
        rate: the share.
        on_start: given what begins.

    Raises:
        ScenarioError: if the scenario cannot be played.
    """
    world = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    found = {}
    with tempfile.TemporaryDirectory() as below:
        folder = Path(below) / "world"
        on_start(f"simulating {world.id}")
        simulate(world, CALIBRATION_SEEDS[0], folder)
        source, truth = open_log(folder), open_truth(folder)
        for name in detectors:
            on_start(f"{name} on {world.id}")
            history = History()
            try:
                played = replayed(
                    name, folder, source, truth.manifest.reviews, limits or Limits(),
                    (settings or {}).get(name),
                )  # fmt: skip
                for one in played:
                    history.add(one)
            except ShamcrowdError:
                # The run on the log itself says so.
                continue
            score = history.largest[np.searchsorted(history.account, truth.account)]
            found[name] = operating_point([score[~truth.sham]], rate)
    return found


def over_thresholds(found: Detection, thresholds: Mapping[str, float]) -> dict[int, list[str]]:
    """The accounts that ever exceeded a detector's threshold, with the names of these detectors."""
    account = np.sort(found.accounts)
    over: dict[int, list[str]] = {}
    for one in found.detected:
        if one.largest is None or one.detector not in thresholds:
            continue
        for i in np.flatnonzero(one.largest > thresholds[one.detector]).tolist():
            over.setdefault(int(account[i]), []).append(one.detector)
    return over


@dataclass
class OperatingPoint:
    """Decides on which accounts to alert: so many a day, or by thresholds; without both on none.

    Attributes:
        a_day: alerts a day; None: as many as exceed a threshold.
        thresholds: by detector.
    """

    a_day: DailyAlerts | None = None
    thresholds: Mapping[str, float] = field(default_factory=dict)
    alerted: dict[int, str] = field(default_factory=dict)
    """Why, or since when, each account is alerted on."""

    def take(self, found: Detection) -> list[int]:
        """Look at what detectors say and return the accounts that are alerted on for the first
        time.
        """
        fresh: list[int] = []
        if self.a_day is not None:
            for one in found.places:
                moment = dt.datetime.fromtimestamp(one.now / 1000, dt.UTC)
                for account in self.a_day.add(one.now, one.account, one.place):
                    self.alerted[account] = moment.isoformat(timespec="minutes")
                    fresh.append(account)
        for account, names in over_thresholds(found, self.thresholds).items():
            if account not in self.alerted:
                fresh.append(account)
            self.alerted[account] = ", ".join(names)
        return fresh

    def mark(self, table: pd.DataFrame) -> pd.DataFrame:
        """The ranked accounts with a column ``alert``, if there is an operating point."""
        if self.a_day is None and not self.thresholds:
            return table
        alert = [self.alerted.get(int(account), "") for account in table["account"]]
        table.insert(1, "alert", alert)
        return table
