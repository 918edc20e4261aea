"""Charges, declines and chargebacks occur in the shares given by the terms."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.recording.schema import ACTIVITY
from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.core.plans import (
    CHARGE_AT,
    PAY_AS_YOU_GO,
    SUBSCRIPTION,
    SUBSCRIPTION_PRICE,
)
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.platform.account_batch import DISPUTED
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.platform.billing import GRACE_DECLINES, Billing
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.slice_messages import LEGITIMATE, SliceOrder

COUNT = 40_000
SOUND = 0.9
TODAY = 20_500 * MS_PER_DAY


@pytest.fixture
def roster():
    """Accounts on subscriptions that are a billing month old today."""
    made = Roster(trial_credit=5.0, limits=(20, 60, 60))
    made.groups = [LEGITIMATE]
    for name, value in (
        ("group", 0), ("plan", SUBSCRIPTION), ("opened", TODAY + MS_PER_DAY // 2 - 30 * MS_PER_DAY),
        ("stop", NEVER), ("charge_success", SOUND), ("owed", 0.0), ("limit", 60),
        ("dispute_rate", DISPUTED),
        ("banned_from", NEVER), ("banned_until", NEVER), ("free", 0.0),
    ):  # fmt: skip
        setattr(
            made,
            name,
            np.full(COUNT, value, getattr(made, name).dtype),
        )
    made.account = np.arange(COUNT, dtype=np.int32)
    made.card = np.arange(COUNT, dtype=np.int32) + 7
    made.handle = np.arange(COUNT)
    return made


def _day(roster):
    activity = Activity(("swift-3",))
    order = SliceOrder(0, TODAY, TODAY + MS_PER_DAY)
    losses = Billing(Streams(1)).day(roster, activity, order)
    rows = activity.until(TODAY + 100 * MS_PER_DAY).to_pandas()
    assert rows.columns.tolist() == list(ACTIVITY.names)
    return rows.assign(ms=rows["time"].astype("int64")), losses


def test_everybody_is_charged_once_or_declined(roster):
    rows, losses = _day(roster)
    tried = rows[rows["kind"].isin(["charge", "decline"])]
    assert sorted(tried["account"]) == list(range(COUNT))
    assert (tried["amount"] == SUBSCRIPTION_PRICE).all()
    assert (tried["card"] == tried["account"] + 7).all()
    assert tried["ms"].between(TODAY, TODAY + MS_PER_DAY, inclusive="left").all()
    assert (tried["kind"] == "charge").mean() == pytest.approx(SOUND, abs=0.01)
    assert losses == []


def test_some_who_are_declined_are_served_no_more(roster):
    rows, _ = _day(roster)
    declined = rows.loc[rows["kind"] == "decline", "account"]
    stopped = np.flatnonzero(roster.stop < NEVER)
    assert set(stopped) <= set(declined)
    assert len(stopped) / len(declined) == pytest.approx(GRACE_DECLINES, abs=0.03)


def test_chargebacks_come_weeks_after_their_charge(roster):
    rows, _ = _day(roster)
    charges = rows[rows["kind"] == "charge"].set_index("account")
    back = rows[rows["kind"] == "chargeback"].set_index("account")
    share = len(back) / len(charges)
    assert share == pytest.approx(DISPUTED, rel=0.5)
    charged = charges.loc[back.index]
    assert (back[["amount", "card"]] == charged[["amount", "card"]]).all(axis=None)
    days = (back["ms"] - charged["ms"]) / MS_PER_DAY
    assert days.between(10, 60).all()
    assert days.max() - days.min() > 30


def test_what_is_owed_is_charged_once_it_is_enough(roster):
    roster.plan[:] = PAY_AS_YOU_GO
    roster.owed[:100] = CHARGE_AT
    roster.owed[100:200] = CHARGE_AT - 0.01
    rows, _ = _day(roster)
    assert sorted(rows["account"].unique()) == list(range(100))
    paid = rows.loc[rows["kind"] == "charge", "account"].to_numpy()
    assert (roster.owed[paid] == 0).all()
    declined = rows.loc[rows["kind"] == "decline", "account"].to_numpy()
    assert (roster.owed[declined] == CHARGE_AT).all()


def test_nobody_is_charged_between_two_months(roster):
    roster.opened += MS_PER_DAY
    rows, _ = _day(roster)
    assert rows.empty
