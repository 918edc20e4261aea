"""Billing: everybody pays by one process, nothing is charged that is not owed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.core.plans import ENTERPRISE, PAY_AS_YOU_GO, TRIAL
from shamcrowd.simulator.lifecycle import dunning, offers
from shamcrowd.simulator.lifecycle.payers import SPARES
from shamcrowd.simulator.lifecycle.returned_money import DISPUTE_WITHIN, DISPUTED, REFUNDED
from shamcrowd.simulator.platform.charging import LEAST
from shamcrowd.simulator.platform.payment_state import INVOICED, PREPAID
from tests.simulator.platform.paying import CREDIT, START, TERM, Shard

COUNT = 3000


def _kind(rows, kind):
    return rows[rows["kind"] == kind]


@pytest.fixture(scope="module")
def subscribers():
    return Shard(COUNT, sound=0.97, disputed=DISPUTED).join().play(200).rows()


def test_subscriptions_are_charged_on_their_anniversary():
    shard = Shard(COUNT).join().play(70)
    charges = _kind(shard.rows(), "charge")
    charges = charges[charges["amount"].isin([20.0, 100.0, 200.0])]
    first = charges.groupby("at")["days"].min()
    assert (first > 0).all()
    assert len(first) == COUNT
    second = charges.groupby("at")["days"].nth(1)
    # The recording's first day is 16 February: the month has 28 days.
    assert second.between(28, 30.5).mean() > 0.9
    assert second.nunique() == len(second)


def test_no_delay_between_charges_is_a_constant(subscribers):
    charges = _kind(subscribers, "charge")
    gaps = charges.groupby("at")["days"].diff().dropna()
    assert gaps.round(6).value_counts(normalize=True).iloc[0] < 0.01


def test_nothing_is_charged_after_a_cancellation(subscribers):
    change = _kind(subscribers, "plan_change")
    cancelled = change[change["plan"] == "pay-as-you-go"].groupby("at")["days"].last()
    back = change[change["plan"] == "subscription"].groupby("at")["days"].last()
    gone = cancelled[cancelled > back.reindex(cancelled.index).fillna(-1)]
    charges = _kind(subscribers, "charge")
    later = charges[charges["days"] > charges["at"].map(gone)]
    # Those who went on with prepaid credit bought it at once.
    assert len(gone) > 100
    bought = later.groupby("at")["days"].first() - gone
    assert (bought.dropna() < 0.1).all()
    assert bought.notna().mean() < 0.5


def test_cancelled_subscriptions_are_served_as_long_as_they_are_paid_for():
    shard = Shard(COUNT).join().play(27)
    state = shard.billing.state
    ending = np.flatnonzero(state.ending & (state.months == 1))
    assert len(ending) > 50
    assert (shard.roster.served_until[ending] == NEVER).all()
    due = state.due[ending].copy()
    shard.play(40)
    assert (shard.roster.unpaid[ending] == due).mean() > 0.95


def test_refunds_and_disputes_never_exceed_charges(subscribers):
    charged = _kind(subscribers, "charge").groupby("at")["amount"].sum()
    back = subscribers[subscribers["kind"].isin(["refund", "chargeback"])]
    returned = back.groupby("at")["amount"].sum()
    assert (returned <= charged.reindex(returned.index) + 1e-9).all()
    disputes = _kind(subscribers, "chargeback")
    assert len(disputes) / len(_kind(subscribers, "charge")) == pytest.approx(DISPUTED, rel=0.4)
    assert len(_kind(subscribers, "refund")) / len(_kind(subscribers, "charge")) == pytest.approx(
        REFUNDED, rel=0.25
    )


def test_money_goes_back_after_long_tailed_delays(subscribers):
    charges = _kind(subscribers, "charge")
    for kind, median, most in (("refund", (0.8, 2.5), 1e4), ("chargeback", (14, 32), 120)):
        back = _kind(subscribers, kind)
        each = back.merge(charges, on=["at", "card"], suffixes=("", "_charge"))
        delay = (each["days"] - each["days_charge"])[each["days"] > each["days_charge"]]
        delay = delay.groupby(each["at"]).min()
        assert median[0] < delay.median() < median[1]
        assert delay.min() > 0
        assert delay.max() <= most
        assert delay.round(3).nunique() > 0.9 * len(delay)
    assert DISPUTE_WITHIN == 120 * MS_PER_DAY


def test_about_half_of_the_declined_charges_are_recovered():
    spare = np.full((COUNT, SPARES), -1, np.int32)
    spare[:, 0] = np.arange(COUNT) + COUNT
    shard = Shard(COUNT, sound=0.9, spare=spare).join().play(55)
    rows = shard.rows()
    failed = _kind(rows, "decline").groupby("at")["days"].first()
    renewed = failed[failed > 20]
    charges = _kind(rows, "charge")
    after = charges[charges["days"] > charges["at"].map(renewed)]
    assert 0.35 < after["at"].nunique() / len(renewed) < 0.65
    tries = _kind(rows, "decline").groupby("at").size()
    assert tries.max() <= 2 * dunning.TRIES
    replaced = _kind(rows, "card_added")
    assert (replaced["card"] == replaced["at"] + COUNT).all()
    assert 0.1 < len(replaced) / len(failed) < 0.35


def test_owners_add_the_cards_that_they_have_one_after_the_other():
    spare = np.arange(COUNT * SPARES, dtype=np.int32).reshape(SPARES, COUNT).T + COUNT
    spare[COUNT // 2 :, 2:] = -1
    rows = Shard(COUNT, sound=0.2, spare=spare).join().play(5).rows()
    added = _kind(rows, "card_added").sort_values("days", kind="stable")
    nth = added.groupby("at").cumcount()
    assert (added["card"] == spare[added["at"], nth]).all()
    many = added.groupby("at").size()
    assert many.max() == SPARES
    assert many[many.index >= COUNT // 2].max() == 2
    # Who waits for the first charge adds another card within minutes.
    tried = _kind(rows, "decline").groupby("at")["days"].first()
    first = added.groupby("at")["days"].first()
    soon = (first - tried.reindex(first.index)) * 24 * 60
    assert 3 < soon.median() < 12
    share = len(many) / tried.nunique()
    assert 0.9 * dunning.REPLACES_BY_HAND < share < 1.1 * dunning.REPLACES_BY_HAND


def test_who_never_pays_is_not_served():
    shard = Shard(200, sound=0.0, group="hydra").join()
    shard.roster.groups = ["", "hydra"]
    shard.roster.group[:200] = 1
    shard.play(40)
    rows = shard.rows()
    assert _kind(rows, "charge").empty
    assert (shard.roster.unpaid[:200] < NEVER).all()
    lost = {loss.handle for loss in shard.losses}
    assert lost == set(range(200))
    assert {loss.cause for loss in shard.losses} == {"card declined"}


def _dry(count, share=0.5):
    at = np.arange(count)
    return at, np.full(count, START + int(share * MS_PER_DAY))


def test_trials_end_when_their_credit_does_or_expires():
    shard = Shard(COUNT, TRIAL, converts=np.zeros(COUNT, np.bool_)).join()
    shard.play(TERM + 10, _dry(100))
    rows = shard.rows()
    exhausted = _kind(rows, "trial_exhausted")
    assert sorted(exhausted["at"]) == list(range(100))
    assert (exhausted["days"] > 0.5).all()
    assert exhausted["days"].nunique() > 95
    expired = _kind(rows, "trial_expired")
    assert sorted(expired["at"]) == list(range(100, COUNT))
    assert (expired["days"] > TERM).all()
    assert (expired["days"] < TERM + 1).mean() > 0.95
    assert expired["days"].nunique() > 0.99 * len(expired)
    assert (expired["amount"] == CREDIT).all()
    assert _kind(rows, "charge").empty
    assert (shard.roster.served_until[:COUNT] < NEVER).all()


def test_credit_that_expires_is_noted_in_cents():
    """Whose last bits would be others on another processor."""
    shard = Shard(COUNT, TRIAL, converts=np.zeros(COUNT, np.bool_)).join()
    shard.roster.left[:COUNT] = CREDIT / 3
    shard.play(TERM + 10)
    assert (_kind(shard.rows(), "trial_expired")["amount"] == round(CREDIT / 3, 2)).all()


def test_converts_pay_before_at_and_after_the_end():
    shard = Shard(COUNT, TRIAL).join().play(90, step=0.5)
    rows = shard.rows()
    change = _kind(rows, "plan_change").groupby("at")["days"].first()
    early = (change < TERM).mean()
    assert 0.25 < early < 0.4
    late = change[change > TERM] - TERM
    assert late.median() < 0.3
    assert (late > 1).mean() > 0.1
    added = _kind(rows, "card_added").groupby("at")["days"].first()
    assert (added < change.reindex(added.index)).all()
    charge = _kind(rows, "charge").groupby("at")["days"].first()
    assert (charge > change.reindex(charge.index)).all()


def test_who_has_left_does_not_convert():
    end = np.full((COUNT, 3), NEVER)
    end[:, 0] = START + 1
    shard = Shard(COUNT, TRIAL, end=end).join().play(60)
    assert _kind(shard.rows(), "charge").empty


def test_prepaid_credit_is_bought_when_it_is_used_up():
    shard = Shard(COUNT, PAY_AS_YOU_GO).join().play(1)
    state, roster = shard.billing.state, shard.roster
    bought = np.flatnonzero(state.way[:COUNT] == PREPAID)
    assert len(bought) / COUNT == pytest.approx(1 - offers.ARREARS, abs=0.03)
    assert (roster.left[bought] == state.top_up[bought]).all()
    roster.left[bought] = -2.5
    auto = state.automatic[bought]
    shard.activity.until(NEVER - 1)
    times = np.full(len(bought), START + int(1.5 * MS_PER_DAY))
    losses = shard.billing.settle(
        roster, shard.activity, (bought, times), 5, START + 3 * MS_PER_DAY
    )
    assert losses == []
    rows = shard.rows()
    charges = _kind(rows, "charge").groupby("at")["amount"].first()
    automatic = bought[auto]
    # Automatic purchases fill up to the chosen sum; by hand people buy the sum itself.
    paid = charges.reindex(automatic)
    assert (paid == state.top_up[automatic] + 2.5).all()
    by_hand = charges.reindex(bought[~auto]).dropna()
    assert (by_hand == state.top_up[by_hand.index]).all()
    assert (roster.left[automatic] == state.top_up[automatic]).all()


def test_invoices_are_what_was_used_plus_tax():
    shard = Shard(COUNT, PAY_AS_YOU_GO, tax=np.full(COUNT, 0.2)).join().play(1)
    invoiced = np.flatnonzero(shard.billing.state.way[:COUNT] == INVOICED)
    shard.roster.owed[invoiced] = used = 1 + np.arange(len(invoiced)) / 100
    shard.activity.until(NEVER - 1)
    shard.play(32)
    charges = _kind(shard.rows(), "charge").set_index("at")["amount"]
    assert charges.reindex(invoiced).to_numpy() == pytest.approx(np.round(used * 1.2, 2))


def test_little_is_carried_over():
    shard = Shard(COUNT, ENTERPRISE, card_since=np.full(COUNT, NEVER))
    shard.new.card[:] = -1
    shard.join()
    shard.roster.owed[: COUNT // 2] = LEAST - 0.01
    shard.roster.owed[COUNT // 2 :] = LEAST
    shard.play(31)
    rows = _kind(shard.rows(), "charge")
    assert sorted(rows["at"]) == list(range(COUNT // 2, COUNT))
    assert rows["card"].isna().all()
    assert (shard.roster.owed[: COUNT // 2] == LEAST - 0.01).all()
    assert (shard.roster.owed[COUNT // 2 : COUNT] == 0).all()


def test_extra_use_of_subscribers_is_charged():
    shard = Shard(COUNT).join().play(1)
    shard.roster.owed[:COUNT] = offers.INCLUDED * 200.0 + 33.0
    monthly = shard.billing.state.months[:COUNT] == 1
    price = shard.billing.state.price[:COUNT].copy()
    shard.activity.until(NEVER - 1)
    shard.play(31)
    rows = _kind(shard.rows(), "charge")
    renewals = rows[rows["days"] > 27].set_index("at")["amount"]
    extra = offers.INCLUDED * (200 - price) + 33.0
    same = monthly & (shard.billing.state.price[:COUNT] == price)
    at = renewals.index[same[renewals.index]]
    assert renewals[at].to_numpy() == pytest.approx((price + extra)[at])


def test_a_card_that_was_replaced_is_charged():
    cards = np.full((COUNT, 3), -1, np.int32)
    cards[:, 0] = np.arange(COUNT) + 10_000
    times = np.full((COUNT, 3), NEVER)
    times[:, 0] = START + 10 * MS_PER_DAY
    rows = Shard(COUNT, cards=cards, cards_from=times).join().play(40).rows()
    charges = _kind(rows, "charge")
    new = charges["card"] >= 10_000
    assert (new == (charges["days"] >= 10)).all()


def test_draws_do_not_depend_on_who_else_is_there():
    many = Shard(500, sound=0.9, disputed=0.1).join().play(100).rows()
    few = Shard(100, sound=0.9, disputed=0.1).join().play(100).rows()
    alike = many[many["at"] < 100].reset_index(drop=True)
    pd.testing.assert_frame_equal(alike, few)


def test_honest_and_sham_accounts_pay_alike():
    honest = Shard(500, sound=0.9, disputed=0.1).join().play(100).rows()
    sham = Shard(500, sound=0.9, disputed=0.1, group="hydra").join().play(100).rows()
    pd.testing.assert_frame_equal(honest, sham)


def test_the_past_is_billed_as_the_present():
    begin = np.full((COUNT, 3), NEVER)
    begin[:, 0] = START - 100 * MS_PER_DAY
    since = begin[:, 0].copy()
    shard = Shard(COUNT, card_since=since, begin=begin, sound=0.97, disputed=DISPUTED)
    shard.new.opened[:] = since
    shard.join()
    shard.billing.play_past(shard.roster, shard.activity, START)
    assert shard.billing.charging.paid == {}
    rows = shard.rows()
    charges = _kind(rows, "charge")
    assert charges["days"].between(-100, 0.1).all()
    per = charges[charges["amount"] > 0].groupby("at").size()
    assert 2 < per.mean() < 4.5
    assert {"refund", "decline", "plan_change"} <= set(rows["kind"])


def test_nothing_is_charged_during_a_ban_and_what_follows_is_the_same():
    free = Shard(COUNT, sound=0.9, disputed=0.1).join().play(70).rows()
    shut = Shard(COUNT, sound=0.9, disputed=0.1).join()
    begin, end = START + 20 * MS_PER_DAY, START + 50 * MS_PER_DAY
    shut.roster.banned_from[:COUNT], shut.roster.banned_until[:COUNT] = begin, end
    rows = shut.play(70).rows()
    money = {"charge", "decline", "refund", "chargeback"}
    tried = rows[rows["kind"].isin({"charge", "decline"})]
    assert not tried["days"].between(20, 50, inclusive="left").any()
    others = [frame[~frame["kind"].isin(money)].reset_index(drop=True) for frame in (free, rows)]
    pd.testing.assert_frame_equal(*others)
    late = [
        frame[frame["kind"].isin({"charge", "decline"}) & (frame["days"] >= 50)].reset_index(
            drop=True
        )
        for frame in (free, rows)
    ]
    pd.testing.assert_frame_equal(*late)


def test_use_that_a_ban_removed_is_not_charged():
    shard = Shard(COUNT, PAY_AS_YOU_GO).join().play(1)
    invoiced = np.flatnonzero(shard.billing.state.way[:COUNT] == INVOICED)
    shard.roster.owed[invoiced] = 10.0
    shard.roster.free[invoiced] = 4.0
    shard.activity.until(NEVER - 1)
    shard.play(32)
    charges = _kind(shard.rows(), "charge").set_index("at")["amount"]
    assert (charges.reindex(invoiced) == 6.0).all()
    assert (shard.roster.free[invoiced] == 0).all()


def test_who_waits_for_a_charge_gives_up_after_fewer_tries():
    owner = {"sound": 0.0, "converts": np.zeros(COUNT, np.bool_)}
    rows = Shard(COUNT, PAY_AS_YOU_GO, **owner).join().play(60).rows()
    assert _kind(rows, "charge").empty
    declines = _kind(rows, "decline").groupby("at")["days"]
    tries = declines.size()
    by_hand = tries == dunning.BY_HAND_TRIES
    assert set(tries) == {dunning.BY_HAND_TRIES, dunning.TRIES}
    assert by_hand.mean() == pytest.approx(1 - offers.AUTOMATIC, abs=0.04)
    # Hours against weeks.
    took = declines.last() - declines.first()
    assert took[by_hand].median() < 0.1 < 7 < took[~by_hand].median()
