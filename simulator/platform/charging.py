"""Charges, and the money that goes back: one way for every sum that an account pays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.core.first_seen import FirstSeen
from shamcrowd.simulator.lifecycle.luck import Luck
from shamcrowd.simulator.lifecycle.plan_changes import CANCEL
from shamcrowd.simulator.lifecycle.returned_money import (
    DISPUTE_AFTER,
    DISPUTE_SIGMA,
    DISPUTE_WITHIN,
    LEAST_PART,
    LEAVES,
    REFUND_AFTER,
    REFUND_SIGMA,
    REFUNDED,
    WHOLE,
)
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.platform.payment_state import SUBSCRIBED, Locals, PaymentState
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.slice_messages import ThingSpans

LEAST = 0.5
"""Least sum that is charged, US dollars: less is carried over (50 cents with public processors)."""
Dollars = npt.NDArray[np.float64]


@dataclass
class BillingRound:
    """What billing works on in one round of a slice.

    Attributes:
        roster: the shard's accounts.
        state: how they pay.
        activity: log that rows are added to.
        luck: random numbers by account.
        number: number of the round: each has its own luck; negative before the recording.
        end: its end, ms.
    """

    roster: Roster
    state: PaymentState
    activity: Activity
    luck: Luck
    number: int
    end: int

    def ids(self, at: Locals) -> npt.NDArray[np.int32]:
        """Ids of accounts."""
        ids: npt.NDArray[np.int32] = self.roster.account[at]
        return ids

    def delay(self, at: Locals, what: str, median: float, sigma: float) -> Millis:
        """Log-normal delays of accounts, ms."""
        return self.luck.delay(self.ids(at), what, self.number, median, sigma)

    def uniform(self, at: Locals, what: str) -> npt.NDArray[np.float64]:
        """Uniform numbers of accounts."""
        return self.luck.uniform(self.ids(at), what, self.number)

    def due(self, name: str) -> Locals:
        """Accounts for which the moment ``name`` of the state comes before the slice's end."""
        return np.flatnonzero(getattr(self.state, name) < self.end)


class Charging:
    """Charges a shard's accounts, each with its own random numbers.

    Attributes:
        cards: when cards were first used, by id.
        levers: levers on cards in force; None: there is none.
        paid: campaign -> number of successful charges in this slice, and their sum (US dollars).
    """

    def __init__(self) -> None:
        self.cards = FirstSeen()
        self.levers: ThingSpans | None = None
        self.paid: dict[str, tuple[int, float]] = {}

    def card(self, round_: BillingRound, at: Locals, time: Millis) -> npt.NDArray[np.int32]:
        """Ids of the cards that accounts pay by at a time (ms); new ones replace the old."""
        payers, roster = round_.state.payers, round_.roster
        for number in range(payers.cards.shape[1]):
            new = payers.cards_from[at, number] <= time
            roster.card[at[new]] = payers.cards[at[new], number]
            payers.cards_from[at[new], number] = NEVER
        cards: npt.NDArray[np.int32] = roster.card[at]
        return cards

    def add_card(self, round_: BillingRound, at: Locals, time: Millis) -> None:
        """Log that accounts add the card that they pay by from now on."""
        card = round_.roster.card[at]
        round_.activity.add("card_added", time, round_.ids(at), card=card)
        self.cards.note(card, time)

    def charge(
        self,
        round_: BillingRound,
        at: Locals,
        time: Millis,
        net: Dollars,
        success: Dollars,
        what: str,
    ) -> npt.NDArray[np.bool_]:
        """Charge accounts; some charges are declined, refunded or disputed later.

        Nothing is charged for use that a ban or throttle removed, nor during a ban; but neither
        changes what follows, or a ban would change the draws of other accounts (see `AccessGate`).

        Args:
            round_: the accounts.
            at: n accounts.
            time: shape (n,), ms.
            net: shape (n,), US dollars before tax, removed use included.
            success: shape (n,), probability that the charge goes through.
            what: name of the random numbers.

        Returns:
            Shape (n,): whether nothing is owed any more.
        """
        fine: npt.NDArray[np.bool_] = round_.uniform(at, what) < success
        card = self.card(round_, at, time)
        if self.levers is not None:
            barred = self.levers.passing(card, time)
            fine = fine & (round_.uniform(at, f"{what}/lever") < barred)
        little = self.with_tax(round_, at, net) < LEAST
        fine = fine | little
        amount = self._amount(round_, at, time, net)
        for kind, which in (("charge", fine), ("decline", ~fine)):
            some = which & (amount >= LEAST)
            round_.activity.add(
                kind, time[some], round_.ids(at[some]), amount=amount[some], card=card[some]
            )
        paid = fine & (amount >= LEAST)
        self._note(round_, at[paid], amount[paid])
        due = fine & ~little
        self._give_back(round_, at[due], time[due], amount[due], card[due], what)
        return fine

    def transfer(self, round_: BillingRound, at: Locals, time: Millis, net: Dollars) -> None:
        """Log invoices that firms pay by bank transfer (no card) at a time (ms)."""
        amount = self._amount(round_, at, time, net)
        some = amount >= LEAST
        round_.activity.add("charge", time[some], round_.ids(at[some]), amount=amount[some])
        self._note(round_, at[some], amount[some])

    def with_tax(self, round_: BillingRound, at: Locals, net: Dollars) -> Dollars:
        """Sums with tax, in whole cents."""
        sums: Dollars = np.round(net * (1 + round_.state.payers.tax[at]), 2)
        return sums

    def _amount(self, round_: BillingRound, at: Locals, time: Millis, net: Dollars) -> Dollars:
        """Sums that are really charged: 0 during a ban."""
        roster = round_.roster
        shut = (roster.banned_from[at] <= time) & (time < roster.banned_until[at])
        sums = self.with_tax(round_, at, np.maximum(net - roster.free[at], 0.0))
        amount: Dollars = np.where(shut, 0.0, sums)
        return amount

    def _note(self, round_: BillingRound, at: Locals, amount: Dollars) -> None:
        """Add up what campaigns' own accounts were charged."""
        if not len(at):
            return
        roster = round_.roster
        mine = roster.sham_accounts()[at]
        group, dollars = roster.group[at[mine]], amount[mine]
        for code in np.unique(group).tolist():
            own = dollars[group == code]
            count, total = self.paid.get(roster.groups[code], (0, 0.0))
            self.paid[roster.groups[code]] = count + len(own), total + float(own.sum())

    def _give_back(
        self,
        round_: BillingRound,
        at: Locals,
        time: Millis,
        amount: Dollars,
        card: npt.NDArray[np.int32],
        what: str,
    ) -> None:
        """Log refunds and disputes of charges; no charge is given back twice.

        Where nothing was charged (``amount`` 0), nothing is logged.
        """
        if not len(at):
            return
        state, fate = round_.state, round_.uniform(at, f"{what}/back")
        rate = round_.roster.dispute_rate[at].astype(np.float64)
        disputed = fate < rate
        late = round_.delay(at, f"{what}/dispute", DISPUTE_AFTER, DISPUTE_SIGMA)
        disputed &= late < DISPUTE_WITHIN
        refunded = (fate >= rate) & (fate < rate + (1 - rate) * REFUNDED)
        part = round_.uniform(at, f"{what}/part")
        share = LEAST_PART + (1 - LEAST_PART) * (part - WHOLE) / (1 - WHOLE)
        back = np.where(part < WHOLE, amount, np.round(amount * share, 2))
        soon = round_.delay(at, f"{what}/refund", REFUND_AFTER, REFUND_SIGMA)
        for kind, which, wait, sum_ in (
            ("chargeback", disputed & (amount >= LEAST), late, amount),
            ("refund", refunded & (back >= LEAST), soon, back),
        ):
            round_.activity.add(
                kind,
                (time + wait)[which],
                round_.ids(at[which]),
                amount=sum_[which],
                card=card[which],
            )
        leaves = refunded & (round_.uniform(at, f"{what}/leaves") < LEAVES)
        leaves &= state.way[at] == SUBSCRIBED
        state.decision[at[leaves]] = CANCEL
        state.decide_at[at[leaves]] = (time + soon)[leaves]
