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
from shamcrowd.simulator.platform.charging import Books, Charging
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


def losses(books: Books, at: Locals, time: Millis, cause: str) -> list[Loss]:
    """Losses of campaigns among accounts that stop at a time (ms)."""
    roster = books.roster
    return [
        Loss(roster.group_of(a), int(roster.handle[a]), int(t), cause)
        for a, t in zip(at.tolist(), time.tolist(), strict=True)
        if roster.group_of(a) != LEGITIMATE
    ]


def credit_used_up(books: Books, at: Locals, time: Millis) -> list[Loss]:
    """Process accounts whose trial or prepaid credit was used up at a time (ms)."""
    state = books.state
    trial = (state.way[at] == FREE) & (books.roster.plan[at] == TRIAL)
    metered = time + books.delay(at, "metered", METERED, METERED_SIGMA)
    books.activity.add("trial_exhausted", metered[trial], books.ids(at[trial]))
    # Credit that is on order already is not ordered twice.
    empty = (state.way[at] == PREPAID) & (state.due[at] == NEVER)
    auto = empty & state.automatic[at]
    hand = empty & ~auto
    order = books.delay(at, "automatic", AUTOMATIC, AUTOMATIC_SIGMA)
    state.due[at[auto]] = (time + order)[auto]
    buys = books.delay(at, "by hand", BY_HAND, BY_HAND_SIGMA)
    state.due[at[hand]] = (time + buys)[hand]
    books.roster.cut_off(at[hand], time[hand] + 1)
    return _trials_end(books, at[trial], time[trial])


def expire(books: Books) -> list[Loss]:
    """Process trials whose credit expires."""
    at, state = books.due("expires"), books.state
    time = state.expires[at]
    state.expires[at] = NEVER
    books.activity.add("trial_expired", time, books.ids(at), amount=books.roster.left[at])
    return _trials_end(books, at, time)


def _trials_end(books: Books, at: Locals, time: Millis) -> list[Loss]:
    state, roster = books.state, books.roster
    roster.cut_off(at, time + 1)
    state.expires[at] = NEVER
    wants = state.payers.converts[at] & (roster.card[at] >= 0)
    planned = state.convert_at[at]
    state.convert_at[at] = np.where(wants, np.minimum(_pays_at(books, at, time), planned), NEVER)
    stops = state.convert_at[at] == NEVER
    return losses(books, at[stops], time[stops], "trial exhausted")


def _pays_at(books: Books, at: Locals, time: Millis) -> npt.NDArray[np.int64]:
    """When owners pay who are not served any more from a time (ms) on, if they ever do."""
    payers = books.state.payers
    used = payers.in_use(at, time)
    since = np.where(used, time, payers.next_spell(at, time))
    wait = books.delay(at, "hesitation", HESITATION, HESITATION_SIGMA)
    return np.where(since < NEVER, np.minimum(since, NEVER - 1) + wait, NEVER)


def may_return(books: Books, at: Locals, time: Millis) -> None:
    """Let customers who left at a time (ms) pay again when they take up their accounts."""
    state = books.state
    again = state.payers.next_spell(at, time)
    comes = (again < NEVER) & (books.uniform(at, "resumes") < RESUMES)
    at, again = at[comes], again[comes]
    state.convert_at[at] = again + books.delay(at, "resumed", HESITATION, HESITATION_SIGMA)


def convert(books: Books, charging: Charging) -> None:
    """Let owners become paying customers: a card, a plan, and soon the first charge."""
    at, state, roster = books.due("convert_at"), books.state, books.roster
    time = state.convert_at[at]
    state.convert_at[at] = NEVER
    new = state.payers.card_since[at] == NEVER
    charging.add_card(books, at[new], time[new])
    state.payers.card_since[at[new]] = time[new]
    chosen = time + books.delay(at, "checkout", CHECKOUT, CHECKOUT_SIGMA)
    subscribes = books.uniform(at, "plan") < TO_SUBSCRIPTION
    plan = np.where(subscribes, SUBSCRIPTION, PAY_AS_YOU_GO)
    books.activity.add("plan_change", chosen, books.ids(at), plan=plan)
    left = np.where(roster.plan[at] == TRIAL, np.maximum(roster.left[at], 0.0), 0.0)
    roster.change_plan(at, plan)
    state.expires[at] = NEVER
    pay = chosen + books.delay(at, "purchase", CHECKOUT, CHECKOUT_SIGMA)
    begin_paying(books, at, pay, subscribes, first=False)
    prepaid = state.way[at] == PREPAID
    roster.left[at[prepaid]] = left[prepaid]
    # Who gets invoices is served at once, the others when they have paid.
    invoiced = state.way[at] == INVOICED
    roster.serve_again(at[invoiced], chosen[invoiced])


def begin_paying(
    books: Books,
    at: Locals,
    time: Millis,
    subscribes: npt.NDArray[np.bool_],
    *,
    first: bool,
) -> None:
    """Choose tiers and sums; the first charge is due at a time (ms), shape (n,).

    ``first``: it pays for what the account has been able to use since its sign-up.
    """
    state, roster = books.state, books.roster
    normal = books.luck.normal(books.ids(at), "offer", books.number)
    monthly = state.monthly[at]
    state.price[at] = np.where(subscribes, offers.tier(monthly, normal), 0.0)
    yearly = subscribes & (state.price[at] == offers.TIERS[0])
    yearly &= books.uniform(at, "annual") < offers.ANNUAL
    state.months[at] = np.where(yearly, 12, 1)
    state.top_up[at] = offers.top_up(monthly, normal)
    invoiced = ~subscribes & (books.uniform(at, "arrears") < offers.ARREARS)
    state.way[at] = np.where(subscribes, SUBSCRIBED, np.where(invoiced, INVOICED, PREPAID))
    state.automatic[at] = books.uniform(at, "automatic?") < offers.AUTOMATIC
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
