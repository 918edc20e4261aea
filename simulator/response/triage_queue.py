"""Handles alerts by the policy's stages, delays, staff capacity and errors.

Each account has its own random numbers, so an action against one changes nothing for another,
except for the order in the queue: staff capacity is limited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.response.account_records import HONEST, AccountRecords, Places, Times
from shamcrowd.simulator.response.response_actions import Cases, ResponseActions

if TYPE_CHECKING:
    from shamcrowd.simulator.response.policy import ResponsePolicy, Stage
    from shamcrowd.simulator.response.reviewer import Alerts

Scores = npt.NDArray[np.float64]


class TriageQueue:
    """Handles the alerts of every review.

    Args:
        policy: stages, delays, capacity and error rates.
        account_records: all accounts.
        actions: carries out the decisions.
        capacity: accounts that staff review per day.
        interval: time between two reviews, ms.
    """

    def __init__(
        self,
        policy: ResponsePolicy,
        account_records: AccountRecords,
        actions: ResponseActions,
        capacity: float,
        interval: int,
    ) -> None:
        self._policy = policy
        self._account_records = account_records
        self._actions = actions
        self._each = capacity * interval / MS_PER_DAY
        self._interval = interval
        self._spare = 0.0
        self._ready = np.empty(0, np.int64)
        self._steps = np.empty(0, np.int64)
        self._queue = np.empty(0, np.intp), np.empty(0, np.int32), np.empty(0)
        """Accounts waiting for a staff review: places, review of the alert, score."""

    def handle(self, alerts: Alerts, number: int, now: int) -> None:
        """Process the (checked) alerts of a review: automatic actions, then staff reviews.

        Args:
            alerts: accounts and scores.
            number: number of the review.
            now: time of the review, ms.
        """
        self._grow()
        places = self._account_records.places(alerts.account)
        # Accounts that wait for staff, are suspended or were acted on recently are skipped.
        counts = self._ready[places] <= now
        places, scores = places[counts], alerts.score[counts]
        review = np.full(len(places), number, np.int32)
        stages = self._stage(places)
        for nth, stage in enumerate(self._policy.stages):
            its = stages == nth
            if stage.people:
                self._ready[places[its]] = NEVER
                waiting, of, high = self._queue
                self._queue = (
                    np.concatenate([waiting, places[its]]),
                    np.concatenate([of, review[its]]),
                    np.concatenate([high, scores[its]]),
                )
                continue
            cases = Cases(places[its], review[its], np.zeros(int(its.sum()), np.float32))
            self._act(stage, cases, np.full(len(cases), now, np.int64), number)
        self._look(number, now)

    def ignore(self, places: Places, until: Times) -> None:
        """Ignore alerts about accounts (shape (n,)) before a time (ms, shape (n,))."""
        self._grow()
        self._ready[places] = until

    def _grow(self) -> None:
        more = len(self._account_records) - len(self._ready)
        self._ready = np.concatenate([self._ready, np.zeros(more, np.int64)])
        self._steps = np.concatenate([self._steps, np.zeros(more, np.int64)])

    def _stage(self, places: Places) -> npt.NDArray[np.int64]:
        return np.minimum(self._steps[places], len(self._policy.stages) - 1)

    def _look(self, number: int, now: int) -> None:
        """Let staff review the accounts with the highest scores, until the next review."""
        able = self._spare + self._each
        places, review, scores = self._queue
        looks = min(int(able), len(places))
        # Unused capacity is lost, except for a fraction of one account.
        self._spare = min(able - looks, 1.0)
        if not looks:
            return
        order = np.lexsort((self._account_records.account[places], review, -scores))
        self._queue = places[order[looks:]], review[order[looks:]], scores[order[looks:]]
        some, people = order[:looks], self._policy.people
        cases = Cases(places[some], review[some], np.full(looks, people.minutes, np.float32))
        share = (np.arange(looks) + 0.5) / max(looks, able)
        time = now + (share * self._interval).astype(np.int64)
        honest = self._account_records.driver(cases.place, time) == HONEST
        luck = self._actions.luck("look", cases.place, number)
        guilty = luck < np.where(honest, people.wrong, 1 - people.missed)
        self._actions.clear(cases.chosen(~guilty), time[~guilty])
        self._ready[cases.place[~guilty]] = time[~guilty] + people.quiet
        stages = self._stage(cases.place)
        for nth, stage in enumerate(self._policy.stages):
            its = guilty & (stages == nth)
            self._act(stage, cases.chosen(its), time[its], number)

    def _act(self, stage: Stage, cases: Cases, since: Times, number: int) -> None:
        """Carry out a stage's action, after its delay from ``since`` (ms)."""
        if not len(cases):
            return
        actions = {
            "challenge": self._actions.challenge,
            "identity": self._actions.identity,
            "throttle": self._actions.throttle,
            "suspend": self._actions.suspend,
        }
        time = since + self._actions.later("delay", stage.delay, cases.place, number)
        self._ready[cases.place] = actions[stage.action](cases, time, number)
        self._steps[cases.place] += 1
