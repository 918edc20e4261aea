"""Trials that end, because the credit is used up or expires, and owners who pay from then on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR, NEVER, Millis
from shamcrowd.simulator.core.plans import PAY_AS_YOU_GO, SUBSCRIPTION, TRIAL
from shamcrowd.simulator.lifecycle import offers
from shamcrowd.simulator.lifecycle.anniversaries import anniversary
from shamcrowd.simulator.lifecycle.trial_end import (
    CHECKOUT,
    CHECKOUT_SIGMA,
    HESITATION,
    HESITATION_SIGMA,
    RESUMES,
    TO_SUBSCRIPTION,
)
from shamcrowd.simulator.platform.charging import BillingRound, Charging
from shamcrowd.simulator.platform.payment_state import (
    FREE,
    INVOICED,
    PREPAID,
    SUBSCRIBED,
    Locals,
)
from shamcrowd.simulator.traffic.slice_messages import LEGITIMATE, Loss

BY_HAND = 0.8 * MS_PER_HOUR
BY_HAND_SIGMA = 2.0
"""Until somebody whose credit is used up buys more: median ms, and sigma (assumed)."""
AUTOMATIC = 25_000.0
AUTOMATIC_SIGMA = 1.0
"""Until credit is bought automatically: median ms, and sigma (assumed)."""

METERED = 4_000.0
METERED_SIGMA = 1.1
"""From the request that uses the credit up to the platform's note of it: median ms, and sigma
(assumed: usage is metered when answers are complete)."""


def losses(round_: BillingRound, at: Locals, time: Millis, cause: str) -> list[Loss]:
    """Losses of campaigns among accounts that stop at a time (ms)."""
    roster = round_.roster
    return [
        Loss(roster.group_of(a), int(roster.handle[a]), int(t), cause)
        for a, t in zip(at.tolist(), time.tolist(), strict=True)
        if roster.group_of(a) != LEGITIMATE
    ]


def credit_used_up(round_: BillingRound, at: Locals, time: Millis) -> list[Loss]:
    """Process accounts whose trial or prepaid credit was used up at a time (ms)."""
    if not len(at):
        return []
    state = round_.state
    trial = (state.way[at] == FREE) & (round_.roster.plan[at] == TRIAL)
    metered = time + round_.delay(at, "metered", METERED, METERED_SIGMA)
    round_.activity.add("trial_exhausted", metered[trial], round_.ids(at[trial]))
    # Credit that is on order already is not ordered twice.
    empty = (state.way[at] == PREPAID) & (state.due[at] == NEVER)
    auto = empty & state.automatic[at]
    hand = empty & ~auto
    order = round_.delay(at, "automatic", AUTOMATIC, AUTOMATIC_SIGMA)
    state.due[at[auto]] = (time + order)[auto]
    buys = round_.delay(at, "by hand", BY_HAND, BY_HAND_SIGMA)
    state.due[at[hand]] = (time + buys)[hand]
    round_.roster.cut_off(at[hand], time[hand] + 1)
    return _trials_end(round_, at[trial], time[trial])


def expire(round_: BillingRound) -> list[Loss]:
    """Process trials whose credit expires."""
    at, state = round_.due("expires"), round_.state
    if not len(at):
        return []
    time = state.expires[at]
    state.expires[at] = NEVER
    # In cents, as all sums: the last bits of what is left differ from one processor to another.
    left = np.round(round_.roster.left[at], 2)
    round_.activity.add("trial_expired", time, round_.ids(at), amount=left)
    return _trials_end(round_, at, time)


def _trials_end(round_: BillingRound, at: Locals, time: Millis) -> list[Loss]:
    if not len(at):
        return []
    state, roster = round_.state, round_.roster
    roster.cut_off(at, time + 1)
    state.expires[at] = NEVER
    wants = state.payers.converts[at] & (roster.card[at] >= 0)
    planned = state.convert_at[at]
    state.convert_at[at] = np.where(wants, np.minimum(_pays_at(round_, at, time), planned), NEVER)
    stops = state.convert_at[at] == NEVER
    return losses(round_, at[stops], time[stops], "trial exhausted")


def _pays_at(round_: BillingRound, at: Locals, time: Millis) -> npt.NDArray[np.int64]:
    """When owners pay who are not served any more from a time (ms) on, if they ever do."""
    payers = round_.state.payers
    used = payers.in_use(at, time)
    since = np.where(used, time, payers.next_spell(at, time))
    wait = round_.delay(at, "hesitation", HESITATION, HESITATION_SIGMA)
    return np.where(since < NEVER, np.minimum(since, NEVER - 1) + wait, NEVER)


def may_return(round_: BillingRound, at: Locals, time: Millis) -> None:
    """Let customers who left at a time (ms) pay again when they take up their accounts."""
    if not len(at):
        return
    state = round_.state
    again = state.payers.next_spell(at, time)
    comes = (again < NEVER) & (round_.uniform(at, "resumes") < RESUMES)
    at, again = at[comes], again[comes]
    state.convert_at[at] = again + round_.delay(at, "resumed", HESITATION, HESITATION_SIGMA)


def convert(round_: BillingRound, charging: Charging) -> None:
    """Let owners become paying customers: a card, a plan, and soon the first charge."""
    at, state, roster = round_.due("convert_at"), round_.state, round_.roster
    if not len(at):
        return
    time = state.convert_at[at]
    state.convert_at[at] = NEVER
    new = state.payers.card_since[at] == NEVER
    charging.add_card(round_, at[new], time[new])
    state.payers.card_since[at[new]] = time[new]
    chosen = time + round_.delay(at, "checkout", CHECKOUT, CHECKOUT_SIGMA)
    subscribes = round_.uniform(at, "plan") < TO_SUBSCRIPTION
    plan = np.where(subscribes, SUBSCRIPTION, PAY_AS_YOU_GO)
    round_.activity.add("plan_change", chosen, round_.ids(at), plan=plan)
    left = np.where(roster.plan[at] == TRIAL, np.maximum(roster.left[at], 0.0), 0.0)
    roster.change_plan(at, plan)
    state.expires[at] = NEVER
    pay = chosen + round_.delay(at, "purchase", CHECKOUT, CHECKOUT_SIGMA)
    begin_paying(round_, at, pay, subscribes, first=False)
    prepaid = state.way[at] == PREPAID
    roster.left[at[prepaid]] = left[prepaid]
    # Who gets invoices is served at once, the others when they have paid.
    invoiced = state.way[at] == INVOICED
    roster.serve_again(at[invoiced], chosen[invoiced])


def begin_paying(
    round_: BillingRound,
    at: Locals,
    time: Millis,
    subscribes: npt.NDArray[np.bool_],
    *,
    first: bool,
) -> None:
    """Choose tiers and sums; the first charge is due at a time (ms), shape (n,).

    ``first``: it pays for what the account has been able to use since its sign-up.
    """
    if not len(at):
        return
    state, roster = round_.state, round_.roster
    normal = round_.luck.normal(round_.ids(at), "offer", round_.number)
    monthly = state.monthly[at]
    state.price[at] = np.where(subscribes, offers.tier(monthly, normal), 0.0)
    yearly = subscribes & (state.price[at] == offers.TIERS[0])
    yearly &= round_.uniform(at, "annual") < offers.ANNUAL
    state.months[at] = np.where(yearly, 12, 1)
    state.top_up[at] = offers.top_up(monthly, normal)
    invoiced = ~subscribes & (round_.uniform(at, "arrears") < offers.ARREARS)
    state.way[at] = np.where(subscribes, SUBSCRIBED, np.where(invoiced, INVOICED, PREPAID))
    state.automatic[at] = round_.uniform(at, "automatic?") < offers.AUTOMATIC
    prepaid = state.way[at] == PREPAID
    roster.left[at] = np.where(prepaid, state.top_up[at] if first else 0.0, np.inf)
    roster.cuts_off[at] = prepaid & ~state.automatic[at]
    roster.owed[at] = roster.free[at] = 0.0
    state.anchor[at] = time
    # Months until the next invoice; prepaid credit of the sign-up has been given already.
    state.period[at] = np.where(invoiced | (prepaid & (not first)), 1, 0)
    state.due[at] = np.where(invoiced, anniversary(time, 1), time)
    state.review[at] = time
    state.tries[at] = 0
    state.ending[at] = False
