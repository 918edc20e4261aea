"""Random identity challenges to a share of active accounts, independent of what they do.

The share is the same for all accounts, so being challenged carries no information. What follows is
the same for all, too (see `lifecycle.challenge`): who passes is a parameter of the account, who
appeals one of its group.
"""

from __future__ import annotations

import numpy as np

from shamcrowd.recording.truth_schema import RESPONSE_ACTIONS
from shamcrowd.recording.units import MS_PER_DAY, NEVER, Millis
from shamcrowd.simulator.core.streams import Streams, uniform_by_id
from shamcrowd.simulator.lifecycle.challenge import AppealHabit, follow
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.slice_messages import (
    FAILED,
    LEGITIMATE,
    REINSTATED,
    AccountSpans,
    Checks,
    Loss,
    SliceOrder,
)

SPREAD = MS_PER_DAY / 2
"""The challenges of a day are put within so many ms after it (assumed)."""


class Challenges:
    """Challenges a shard's accounts once a day, each with its own random numbers.

    Args:
        streams: the streams of the world.
        rate: share of the active accounts that are challenged, 0 to 1.
        appeals: who appeals, by group.
    """

    def __init__(self, streams: Streams, rate: float, appeals: dict[str, AppealHabit]) -> None:
        self._streams = streams
        self._rate = rate
        self._appeals = appeals
        self._steps: list[Checks] = []

    def day(self, roster: Roster, activity: Activity, order: SliceOrder) -> list[Loss]:
        """Challenge some accounts that were active today; return what campaigns will learn.

        They learn when accounts are blocked, and when they are reinstated.
        """
        there = (roster.served > 0) & (roster.served_until > order.end)
        active = np.flatnonzero(there & ~roster.banned_at(order.end))
        asked = self._streams.key(f"challenge/asked/{order.number}")
        at = active[uniform_by_id(roster.account[active], asked) < self._rate]
        if not len(at):
            return []
        ids = roster.account[at]
        delay = uniform_by_id(ids, self._streams.key(f"challenge/delay/{order.number}"))
        time = order.end + (delay * SPREAD).astype(np.int64)
        terms = [self._appeals[name] for name in roster.groups]
        share, granted = np.array([(each.share, each.granted) for each in terms]).T
        group = roster.group[at]
        outcome = follow(
            time,
            ids.astype(np.uint64),
            self._streams.key(f"challenge/{order.number}"),
            roster.challenge_success[at],
            AppealHabit(share[group], granted[group]),
        )
        for action, when in (
            ("challenge", time),
            ("challenge_passed", outcome.passed),
            ("suspension", outcome.suspended),
            ("appeal", outcome.appealed),
            ("reinstatement", outcome.back),
        ):
            happens = when < NEVER
            activity.add(action, when[happens], ids[happens])
            code = np.full(int(happens.sum()), RESPONSE_ACTIONS.index(action), np.int8)
            self._steps.append(Checks(when[happens], ids[happens], code))
        # A pending challenge blocks the account from the moment it is issued.
        failed = outcome.suspended < NEVER
        roster.ban(AccountSpans(at[failed], ids[failed], time[failed], outcome.back[failed]))
        return [
            *losses_of(roster, at[failed], time[failed], FAILED),
            *losses_of(roster, at, outcome.back, REINSTATED),
        ]

    def steps(self) -> list[Checks]:
        """Return the steps taken since the last call."""
        steps, self._steps = self._steps, []
        return [step for step in steps if len(step.time)]


def losses_of(roster: Roster, at: Millis, time: Millis, cause: str) -> list[Loss]:
    """What campaigns will learn of their accounts among those ``at``, at these moments (ms)."""
    return [
        Loss(roster.group_of(one), int(roster.handle[one]), when, cause)
        for one, when in zip(at.tolist(), time.tolist(), strict=True)
        if when < NEVER and roster.group_of(one) != LEGITIMATE
    ]
