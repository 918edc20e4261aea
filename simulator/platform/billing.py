"""Billing of a shard's accounts: one process for everybody, before the recording and in it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, NEVER, Millis
from shamcrowd.simulator.core.plans import SUBSCRIPTION, TRIAL
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.lifecycle.anniversaries import anniversary
from shamcrowd.simulator.lifecycle.luck import Luck
from shamcrowd.simulator.lifecycle.trial_end import (
    EARLY,
    EARLY_AFTER,
    EARLY_SIGMA,
    FIRST_PURCHASE,
    FIRST_PURCHASE_SIGMA,
    SWEPT,
    SWEPT_SIGMA,
)
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.platform.charging import BillingRound, Charging
from shamcrowd.simulator.platform.collecting import collect
from shamcrowd.simulator.platform.monthly_decisions import carry_out, review
from shamcrowd.simulator.platform.payment_state import CONTRACT, Locals, PaymentState
from shamcrowd.simulator.platform.trial_ends import (
    begin_paying,
    convert,
    credit_used_up,
    expire,
)
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.slice_messages import Loss, NewAccounts

NOISE = 1.0
"""Sigma of the logarithm of a day's use around its mean, before the recording (assumed)."""
ROUNDS = 1024
"""Numbers of the luck of one slice: more than it can have rounds of events that follow others."""
DUE = ("convert_at", "review", "decide_at", "due")
JOINED = 1 << 40
"""Number of the random numbers that are drawn when an account joins."""


class Billing:
    """Bills a shard's accounts, each with its own random numbers.

    Args:
        streams: the streams of the world.
        trial_days: days after which trial credit expires.

    Attributes:
        charging: charges, and what campaigns paid in this slice.
        state: how each account pays.
    """

    def __init__(self, streams: Streams, trial_days: float) -> None:
        self._luck = Luck(streams, "billing")
        self._term = int(trial_days * MS_PER_DAY)
        self.charging = Charging()
        self.state = PaymentState()

    def join(self, roster: Roster, activity: Activity, new_accounts: NewAccounts) -> None:
        """Let accounts begin to pay, or their trials."""
        at, state = new_accounts.local, self.state
        state.grow(len(roster))
        state.note(at, new_accounts.payers)
        round_ = BillingRound(roster, state, activity, self._luck, JOINED, 0)
        plan = roster.plan[at]
        trial = (plan == TRIAL) & (state.payers.granted[at] < NEVER)
        self._trial(round_, at[trial])
        card = (state.payers.card_since[at] < NEVER) & (plan != TRIAL)
        pays = at[card]
        wait = round_.delay(pays, "first", FIRST_PURCHASE, FIRST_PURCHASE_SIGMA)
        begin_paying(
            round_,
            pays,
            state.payers.card_since[pays] + wait,
            roster.plan[pays] == SUBSCRIPTION,
            first=True,
        )
        firm = at[~card & (plan != TRIAL) & (roster.card[at] < 0) & (roster.opened[at] < NEVER)]
        state.way[firm] = CONTRACT
        state.anchor[firm] = roster.opened[firm]
        state.period[firm] = 1
        state.due[firm] = anniversary(roster.opened[firm], 1)

    def _trial(self, round_: BillingRound, at: Locals) -> None:
        state = self.state
        granted = state.payers.granted[at]
        swept = round_.delay(at, "swept", SWEPT, SWEPT_SIGMA)
        state.expires[at] = granted + self._term + swept
        round_.roster.cuts_off[at] = True
        wants = state.payers.converts[at] & (round_.roster.card[at] >= 0)
        early = wants & (round_.uniform(at, "early") < EARLY)
        when = granted + round_.delay(at, "early", EARLY_AFTER, EARLY_SIGMA)
        early &= state.payers.in_use(at, when)
        state.convert_at[at] = np.where(early, when, NEVER)

    def play_past(self, roster: Roster, activity: Activity, start: int) -> list[Loss]:
        """Bill what accounts used before the recording, day by day.

        Args:
            roster: the shard's accounts, all of which have joined.
            activity: log that rows are added to.
            start: first moment of the recording, ms.
        """
        payers = self.state.payers
        known = np.concatenate([payers.granted, payers.card_since, payers.begin[:, 0]])
        earliest = int(known.min(initial=start))
        days = -(-(start - earliest) // MS_PER_DAY)
        losses: list[Loss] = []
        for day in range(-days, 0):
            begin = start + day * MS_PER_DAY
            used_up = self._use(roster, begin, day)
            losses += self.settle(roster, activity, used_up, day, begin + MS_PER_DAY)
        self.charging.paid = {}
        return losses

    def _use(self, roster: Roster, begin: int, day: int) -> tuple[npt.NDArray[np.int64], Millis]:
        """Account for a day's use before the recording; return whose credit it used up, when."""
        payers, end = self.state.payers, begin + MS_PER_DAY
        inside = np.minimum(payers.end, end) - np.maximum(payers.begin, begin)
        share = np.maximum(inside, 0).sum(axis=1) / MS_PER_DAY
        served = (roster.unpaid >= end) & (share > 0)
        at = np.flatnonzero(served)
        noise = np.exp(NOISE * self._luck.normal(roster.account[at], "day", day) - NOISE**2 / 2)
        spent = payers.use[at] * share[at] * noise
        left = roster.left[at] - spent
        dry = left <= 0
        roster.left[at] = np.where(dry & roster.cuts_off[at], 0.0, left)
        roster.owed[at] += np.where(roster.plan[at] == TRIAL, 0.0, spent)
        moment = begin + (self._luck.uniform(roster.account[at], "dry", day) * MS_PER_DAY)
        since = np.maximum(payers.begin[at], begin).min(axis=1)
        return at[dry], np.maximum(moment, since).astype(np.int64)[dry]

    def settle(
        self,
        roster: Roster,
        activity: Activity,
        used_up: tuple[npt.NDArray[np.int64], Millis],
        number: int,
        end: int,
    ) -> list[Loss]:
        """Bill a slice: credit that was used up, and everything that is due before its end.

        Args:
            roster: the shard's accounts.
            activity: log that rows are added to.
            used_up: local numbers of accounts whose credit was used up, and when, ms.
            number: number of the slice.
            end: its end, ms.

        Returns:
            Campaigns' accounts that are not served any more.
        """
        self.charging.paid = {}
        state = self.state
        round_ = BillingRound(roster, state, activity, self._luck, number * ROUNDS, end)
        losses = credit_used_up(round_, *used_up)
        losses += expire(round_)
        # What happens may make something else due in the same slice.
        while any(len(round_.due(name)) for name in DUE):
            convert(round_, self.charging)
            review(round_)
            carry_out(round_, self.charging)
            losses += collect(round_, self.charging)
            round_.number += 1
        return losses
