"""What a month brings to paying customers: cancellations, other tiers, other ways to pay."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, NEVER, Millis
from shamcrowd.simulator.core.plans import PAY_AS_YOU_GO, SUBSCRIPTION
from shamcrowd.simulator.lifecycle import offers, plan_changes
from shamcrowd.simulator.lifecycle.plan_changes import Month, decide, moment
from shamcrowd.simulator.lifecycle.trial_end import CHECKOUT, CHECKOUT_SIGMA
from shamcrowd.simulator.platform.charging import BillingRound, Charging
from shamcrowd.simulator.platform.payment_state import PREPAID, SUBSCRIBED, Locals
from shamcrowd.simulator.platform.trial_ends import begin_paying

MONTH = 30.436875 * MS_PER_DAY
"""Mean month of the Gregorian calendar, ms."""


def review(round_: BillingRound) -> None:
    """Draw what the coming month brings to those whose month begins in this slice."""
    at, state, roster = round_.due("review"), round_.state, round_.roster
    if not len(at):
        return
    time = state.review[at]
    state.review[at] = time + int(MONTH)
    some = ((state.way[at] == SUBSCRIBED) | (state.way[at] == PREPAID)) & ~state.ending[at]
    # A decision that waits for its moment, such as a refund's, is not replaced.
    some &= state.decide_at[at] == NEVER
    at, time = at[some], time[some]
    if not len(at):
        return
    month = Month(
        first=time - state.anchor[at] < MONTH / 2,
        in_use=state.payers.in_use(at, time),
        subscribed=state.way[at] == SUBSCRIBED,
        price=state.price[at],
        used=np.maximum(roster.owed[at], state.monthly[at]),
    )
    decision = decide(month, round_.uniform(at, "decision"))
    when = time + (MONTH * moment(round_.uniform(at, "moment"))).astype(np.int64)
    state.decision[at] = decision
    state.decide_at[at] = np.where(decision == plan_changes.NONE, NEVER, when)


def carry_out(round_: BillingRound, charging: Charging) -> None:
    """Carry out the decisions whose moment has come."""
    at, state = round_.due("decide_at"), round_.state
    if not len(at):
        return
    time, decision = state.decide_at[at], state.decision[at]
    state.decide_at[at] = NEVER
    pays = state.way[at] == SUBSCRIBED
    pays &= ~state.ending[at]

    def those(code: int, which: npt.NDArray[np.bool_]) -> tuple[Locals, Millis]:
        chosen = (decision == code) & which
        return at[chosen], time[chosen]

    # Who has not paid yet cannot choose another tier.
    settled = pays & (state.tries[at] == 0) & (state.period[at] > 0)
    _cancel(round_, *those(plan_changes.CANCEL, pays))
    _upgrade(round_, charging, *those(plan_changes.UPGRADE, settled))
    _downgrade(round_, *those(plan_changes.DOWNGRADE, settled))
    _switch(round_, *those(plan_changes.TO_CREDIT, settled), subscribes=False)
    idle = (state.way[at] == PREPAID) & (state.due[at] == NEVER)
    _switch(round_, *those(plan_changes.TO_SUBSCRIPTION, idle), subscribes=True)


def _cancel(round_: BillingRound, at: Locals, time: Millis) -> None:
    """End subscriptions; they are served for as long as they are paid for."""
    state = round_.state
    round_.activity.add("plan_change", time, round_.ids(at), plan=PAY_AS_YOU_GO)
    state.ending[at] = True
    unpaid = (state.tries[at] > 0) | (state.period[at] == 0)
    state.due[at[unpaid]] = time[unpaid]


def _upgrade(round_: BillingRound, charging: Charging, at: Locals, time: Millis) -> None:
    """Move to the next tier, for the rest of the month at once, if the charge goes through."""
    if not len(at):
        return
    state = round_.state
    place = np.searchsorted(offers.TIERS, state.price[at], side="right")
    new = np.array(offers.TIERS)[np.minimum(place, len(offers.TIERS) - 1)]
    rest = np.clip((state.due[at] - time) / MONTH, 0.0, state.months[at])
    success = round_.roster.charge_success[at].astype(np.float64)
    pay = time + round_.delay(at, "upgraded", CHECKOUT, CHECKOUT_SIGMA)
    fine = charging.charge(round_, at, pay, (new - state.price[at]) * rest, success, "upgrade")
    at, pay = at[fine], pay[fine]
    chosen = pay + round_.delay(at, "confirmed", 1_500.0, 0.8)
    round_.activity.add("plan_change", chosen, round_.ids(at), plan=SUBSCRIPTION)
    state.price[at] = new[fine]


def _downgrade(round_: BillingRound, at: Locals, time: Millis) -> None:
    """Move to the tier below, from the next charge on."""
    state = round_.state
    place = np.searchsorted(offers.TIERS, state.price[at]) - 1
    state.price[at] = np.array(offers.TIERS)[np.maximum(place, 0)]
    round_.activity.add("plan_change", time, round_.ids(at), plan=SUBSCRIPTION)


def _switch(round_: BillingRound, at: Locals, time: Millis, *, subscribes: bool) -> None:
    """Change between a subscription and paying as one goes."""
    if not len(at):
        return
    plan = SUBSCRIPTION if subscribes else PAY_AS_YOU_GO
    round_.activity.add("plan_change", time, round_.ids(at), plan=plan)
    round_.roster.change_plan(at, np.full(len(at), plan))
    pay = time + round_.delay(at, "switched", CHECKOUT, CHECKOUT_SIGMA)
    begin_paying(round_, at, pay, np.full(len(at), subscribes), first=False)
