"""Billing: exhausted trials, card charges and declined charges."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, NEVER
from shamcrowd.simulator.core.first_seen import FirstSeen
from shamcrowd.simulator.core.plans import (
    BILLING_MONTH_DAYS,
    CHARGE_AT,
    PAY_AS_YOU_GO,
    SUBSCRIPTION,
    SUBSCRIPTION_PRICE,
    TERMS_HOURS_TO_CONVERT,
)
from shamcrowd.simulator.core.streams import Streams, Uniforms, uniform_by_id
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.slice_messages import LEGITIMATE, Loss, SliceOrder

BEFORE_FIRST_CHARGE = MS_PER_MINUTE
GRACE_DECLINES = 0.5
"""Share of declined charges after which the account is no longer served (assumed)."""


class Billing:
    """Bills a shard's accounts, each with its own random numbers."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self.cards = FirstSeen()
        self.paid: dict[str, tuple[int, float]] = {}
        """Campaign -> number of successful charges in this slice, and their sum (US dollars)."""

    def _luck(self, account: npt.NDArray[np.int32], what: str, number: int) -> Uniforms:
        """Uniform numbers by account, independent of what happens to other accounts."""
        return uniform_by_id(account, self._streams.key(f"{what}/{number}"))

    def _note(
        self,
        roster: Roster,
        due: npt.NDArray[np.intp],
        amount: npt.NDArray[np.floating[Any]],
        went_through: npt.NDArray[np.bool_],
    ) -> None:
        """Add up what campaigns' own accounts were charged."""
        mine = went_through & roster.sham_accounts()[due]
        group, dollars = roster.group[due[mine]], amount[mine]
        for code in np.unique(group).tolist():
            own = dollars[group == code]
            self.paid[roster.groups[code]] = len(own), float(own.sum())

    def trials(
        self,
        roster: Roster,
        activity: Activity,
        exhausted: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
        order: SliceOrder,
    ) -> list[Loss]:
        """Process trials exhausted in a slice: the owner adds a card and continues, or stops.

        Args:
            roster: the shard's accounts.
            activity: log that rows are added to.
            exhausted: local account numbers and times (ms) of exhaustion.
            order: the slice.

        Returns:
            Sham accounts that stop.
        """
        accounts, times = exhausted
        if not len(accounts):
            return []
        by_account = np.argsort(accounts)
        accounts, times = accounts[by_account], times[by_account]
        activity.add("trial_exhausted", times, roster.account[accounts])
        roster.stop[accounts] = np.minimum(roster.stop[accounts], times + 1)
        pays = roster.adds_card[accounts]
        luck = self._luck(roster.account[accounts], "convert", order.number)
        wait = -np.log1p(-luck) * TERMS_HOURS_TO_CONVERT * MS_PER_HOUR
        # A payment cannot fall into the slice, which has been simulated already.
        paid_at = np.maximum(times + wait.astype(np.int64), order.end)
        going_on = accounts[pays]
        roster.change_plan(going_on, PAY_AS_YOU_GO)
        roster.stop[going_on] = NEVER
        roster.opened[going_on] = paid_at[pays]
        ids = roster.account[going_on]
        activity.add("card_added", paid_at[pays], ids, card=roster.card[going_on])
        self.cards.note(roster.card[going_on], paid_at[pays])
        activity.add("plan_change", paid_at[pays] + 1, ids, plan=PAY_AS_YOU_GO)
        return [
            Loss(roster.group_of(a), int(roster.handle[a]), int(t), "trial exhausted")
            for a, t in zip(accounts[~pays].tolist(), times[~pays].tolist(), strict=True)
            if roster.group_of(a) != LEGITIMATE
        ]

    def day(self, roster: Roster, activity: Activity, order: SliceOrder) -> list[Loss]:
        """Charge amounts owed and subscriptions at a day's end; return sham accounts lost."""
        # Days begin at midnight UTC; the last one may be incomplete.
        day_start = (order.end - 1) // MS_PER_DAY * MS_PER_DAY
        length = order.end - day_start
        # An account that opens in the last minutes of a day is billed from the next day on.
        open_ = roster.opened + 2 * BEFORE_FIRST_CHARGE < order.end
        alive = (roster.group >= 0) & (roster.stop > order.end) & open_
        alive &= ~(roster.sham_accounts() & roster.banned_at(order.end))
        metered = alive & (roster.plan == PAY_AS_YOU_GO) & (roster.owed >= CHARGE_AT)
        age = (order.end - roster.opened) // MS_PER_DAY
        monthly = alive & (roster.plan == SUBSCRIPTION) & (age % BILLING_MONTH_DAYS == 0)
        due = np.flatnonzero(metered | monthly)
        if not len(due):
            return []
        luck = self._luck(roster.account[due], "charge", order.number)
        used = roster.owed[due] - roster.free[due]
        amount = np.where(roster.plan[due] == SUBSCRIPTION, SUBSCRIPTION_PRICE, used)
        amount = np.round(amount, 2)
        charge_success = roster.charge_success[due].astype(np.float64)
        fine = luck < charge_success
        # The remaining randomness decides the time in the day's last hours and what follows.
        rest = np.where(
            fine,
            luck / charge_success,
            (luck - charge_success) / np.maximum(1 - charge_success, 1e-9),
        )
        # Within the day's last slice: earlier slices may have been seen by a live view already.
        share = max(0.75, 1 - (order.end - order.begin) / length)
        time = day_start + ((share + (1 - share) * rest) * (length - 1)).astype(np.int64)
        time = np.maximum(time, order.begin)
        time = np.maximum(time, roster.opened[due] + BEFORE_FIRST_CHARGE)
        ids = roster.account[due]
        card = roster.card[due]
        # Nothing is charged where a ban removed all usage.
        for kind, some in (("charge", fine & (amount > 0)), ("decline", ~fine & (amount > 0))):
            activity.add(kind, time[some], ids[some], amount=amount[some], card=card[some])
        # A charge that falls into a ban which has ended by now is not logged.
        shut = (roster.banned_from[due] <= time) & (time < roster.banned_until[due])
        self._note(roster, due, amount, fine & (amount > 0) & ~shut)
        roster.owed[due[fine]] = 0.0
        roster.free[due[fine]] = 0.0
        dispute_rate = roster.dispute_rate[due].astype(np.float64)
        back = fine & (amount > 0) & (rest < dispute_rate)
        # Chargebacks come 10 to 60 days after the charge (threat model A10).
        late = (10 + 50 * (rest[back] / dispute_rate[back])) * MS_PER_DAY
        activity.add(
            "chargeback",
            time[back] + late.astype(np.int64),
            ids[back],
            amount=amount[back],
            card=card[back],
        )
        cut = ~fine & (rest < GRACE_DECLINES)
        roster.stop[due[cut]] = np.minimum(roster.stop[due[cut]], order.end)
        return [
            Loss(roster.group_of(a), int(roster.handle[a]), int(order.end), "card declined")
            for a in due[cut].tolist()
            if roster.group_of(a) != LEGITIMATE
        ]
