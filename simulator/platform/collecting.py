"""Collecting what is due: renewals, credit, invoices, and the dunning of declined charges."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_MINUTE, NEVER, Millis
from shamcrowd.simulator.core.plans import PAY_AS_YOU_GO
from shamcrowd.simulator.lifecycle import dunning, offers
from shamcrowd.simulator.lifecycle.anniversaries import anniversary
from shamcrowd.simulator.platform.charging import LEAST, BillingRound, Charging, Dollars
from shamcrowd.simulator.platform.payment_state import (
    CONTRACT,
    INVOICED,
    PREPAID,
    SUBSCRIBED,
    Locals,
)
from shamcrowd.simulator.platform.trial_ends import losses, may_return
from shamcrowd.simulator.traffic.slice_messages import Loss

DRAFTED = 50.0 * MS_PER_MINUTE
DRAFTED_SIGMA = 0.8
"""From the anniversary to the charge: median ms, and sigma (assumed; processors keep invoices open
for about an hour)."""
TRANSFERRED = 19.0 * MS_PER_DAY
TRANSFERRED_SIGMA = 0.6
"""From a firm's invoice to its bank transfer: median ms, and sigma (assumed; terms of 30 days)."""


def collect(round_: BillingRound, charging: Charging) -> list[Loss]:
    """Charge everything that is due; return campaigns' accounts that are not served any more."""
    at, state = round_.due("due"), round_.state
    if not len(at):
        return []
    time = state.due[at]
    over = state.ending[at]
    _end(round_, at[over], time[over])
    at, time = at[~over], time[~over]
    firm = state.way[at] == CONTRACT
    _invoice(round_, charging, at[firm], time[firm])
    at, time = at[~firm], time[~firm]
    if not len(at):
        return []
    fine = charging.charge(round_, at, time, _net(round_, at), _success(round_, at), "charge")
    _paid(round_, charging, at[fine], time[fine])
    return _declined(round_, charging, at[~fine], time[~fine])


def _net(round_: BillingRound, at: Locals) -> Dollars:
    """What accounts owe before tax, US dollars."""
    state, roster = round_.state, round_.roster
    used = roster.owed[at]
    price, months = state.price[at], state.months[at]
    fee = price * np.where(months > 1, offers.ANNUAL_MONTHS, 1.0)
    subscription = fee + np.where(months > 1, 0.0, offers.owed_beyond(price, used))
    short = np.where(state.automatic[at], np.maximum(-roster.left[at], 0.0), 0.0)
    net: Dollars = np.where(
        state.way[at] == SUBSCRIBED,
        subscription,
        np.where(state.way[at] == PREPAID, state.top_up[at] + short, used),
    )
    return net


def _by_hand(round_: BillingRound, at: Locals) -> npt.NDArray[np.bool_]:
    """Whether somebody waits for the charge, who tries again at once."""
    state = round_.state
    bought = (state.way[at] == PREPAID) & ~state.automatic[at]
    by_hand: npt.NDArray[np.bool_] = bought | (
        (state.way[at] == SUBSCRIBED) & (state.period[at] == 0)
    )
    return by_hand


def _success(round_: BillingRound, at: Locals) -> Dollars:
    again = np.where(_by_hand(round_, at), dunning.BY_HAND_SUCCESS, dunning.RETRY_SUCCESS)
    sound = round_.roster.charge_success[at].astype(np.float64)
    success: Dollars = np.where(round_.state.tries[at] == 0, sound, np.minimum(again, sound))
    return success


def _paid(round_: BillingRound, charging: Charging, at: Locals, time: Millis) -> None:
    """Give accounts what they paid for; set when the next charge is due."""
    if not len(at):
        return
    state, roster = round_.state, round_.roster
    prepaid = state.way[at] == PREPAID
    credit = at[prepaid]
    given = state.period[credit] == 0
    short = np.where(state.automatic[credit], np.maximum(-roster.left[credit], 0.0), 0.0)
    roster.left[credit] += np.where(given, 0.0, state.top_up[credit] + short)
    state.period[credit] = 1
    state.due[credit] = NEVER
    others = at[~prepaid]
    state.period[others] += np.where(state.way[others] == INVOICED, 1, state.months[others])
    drafted = round_.delay(others, "drafted", DRAFTED, DRAFTED_SIGMA)
    state.due[others] = anniversary(state.anchor[others], state.period[others]) + drafted
    _settled(round_, charging, at)
    state.tries[at] = 0
    late = roster.unpaid[at] < NEVER
    roster.serve_again(at[late], time[late])


def _settled(round_: BillingRound, charging: Charging, at: Locals) -> None:
    """Nothing is owed any more, but what is too little for an invoice."""
    state, roster = round_.state, round_.roster
    used = charging.with_tax(round_, at, roster.owed[at])
    invoiced = (state.way[at] == INVOICED) | (state.way[at] == CONTRACT)
    done = at[~invoiced | (used >= LEAST)]
    roster.owed[done] = roster.free[done] = 0.0


def _declined(round_: BillingRound, charging: Charging, at: Locals, time: Millis) -> list[Loss]:
    """Plan the next try of declined charges, or give up."""
    if not len(at):
        return []
    state, roster = round_.state, round_.roster
    tries = state.tries[at] = state.tries[at] + 1
    # Credit that is not paid for is not given; a subscription runs on while it is tried again.
    waits = (state.way[at] == PREPAID) | ((state.way[at] == SUBSCRIBED) & (state.period[at] == 0))
    first = (state.way[at] == PREPAID) & (state.period[at] == 0)
    roster.left[at[first]] = np.minimum(roster.left[at[first]], 0.0)
    state.period[at[first]] = 1
    roster.cut_off(at[waits], time[waits] + 1)
    gap = np.array(dunning.RETRY_AFTER)[np.minimum(tries, len(dunning.RETRY_AFTER)) - 1]
    wait = (gap * round_.delay(at, "retry", 1e6, dunning.RETRY_SIGMA) / 1e6).astype(np.int64)
    hand = round_.delay(at, "again", dunning.BY_HAND_AFTER, dunning.BY_HAND_SIGMA)
    by_hand = _by_hand(round_, at)
    state.due[at] = time + np.where(by_hand, hand, wait)
    replaced = (tries == 1) & (state.payers.spare[at] >= 0).any(axis=1)
    _replace_card(round_, charging, at[replaced], time[replaced], by_hand[replaced])
    lost = tries >= np.where(by_hand, dunning.BY_HAND_TRIES, dunning.TRIES)
    return _give_up(round_, at[lost], time[lost])


def _replace_card(
    round_: BillingRound,
    charging: Charging,
    at: Locals,
    time: Millis,
    by_hand: npt.NDArray[np.bool_],
) -> None:
    """Let some owners add another card after a decline, which is charged at once."""
    if not len(at):
        return
    state = round_.state
    share = np.where(by_hand, dunning.REPLACES_BY_HAND, dunning.REPLACES)
    some = round_.uniform(at, "replaces") < share
    at, time, by_hand = at[some], time[some], by_hand[some]
    wait = round_.delay(at, "replaced", dunning.REPLACES_AFTER, dunning.REPLACES_SIGMA)
    soon = round_.delay(at, "replaced", dunning.BY_HAND_AFTER, dunning.BY_HAND_SIGMA)
    added = time + np.minimum(np.where(by_hand, soon, wait), int(dunning.REPLACES_WITHIN))
    following = (state.payers.spare[at] >= 0).argmax(axis=1)
    round_.roster.card[at] = state.payers.spare[at, following]
    state.payers.spare[at, following] = -1
    charging.add_card(round_, at, added)
    state.due[at] = added + round_.delay(at, "retried", dunning.BY_HAND_AFTER, 1.0)
    state.tries[at] = 0


def _give_up(round_: BillingRound, at: Locals, time: Millis) -> list[Loss]:
    """Stop serving accounts whose charge was declined too often."""
    if not len(at):
        return []
    state, roster = round_.state, round_.roster
    subscribed = at[state.way[at] == SUBSCRIBED]
    when = time[state.way[at] == SUBSCRIBED]
    round_.activity.add("plan_change", when, round_.ids(subscribed), plan=PAY_AS_YOU_GO)
    roster.cut_off(at, time + 1)
    state.leave(at)
    may_return(round_, at, time)
    gone = state.convert_at[at] == NEVER
    return losses(round_, at[gone], time[gone], "card declined")


def _end(round_: BillingRound, at: Locals, time: Millis) -> None:
    """Stop serving accounts whose subscription was cancelled: its last month is over."""
    if not len(at):
        return
    round_.roster.cut_off(at, time)
    round_.state.leave(at)
    may_return(round_, at, time)


def _invoice(round_: BillingRound, charging: Charging, at: Locals, time: Millis) -> None:
    """Send firms' invoices for a month; they are paid by bank transfer after weeks."""
    if not len(at):
        return
    state, roster = round_.state, round_.roster
    wait = round_.delay(at, "transferred", TRANSFERRED, TRANSFERRED_SIGMA)
    charging.transfer(round_, at, time + wait, roster.owed[at])
    _settled(round_, charging, at)
    state.period[at] += 1
    drafted = round_.delay(at, "drafted", DRAFTED, DRAFTED_SIGMA)
    state.due[at] = anniversary(state.anchor[at], state.period[at]) + drafted
