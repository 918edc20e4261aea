"""Draws of the lifecycle that concern money, at the boundaries of their constants."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.lifecycle import offers, plan_changes
from shamcrowd.simulator.lifecycle.anniversaries import anniversary
from shamcrowd.simulator.lifecycle.card_changes import YEARLY, card_changes
from shamcrowd.simulator.lifecycle.luck import Luck
from shamcrowd.simulator.lifecycle.plan_changes import Month, decide, moment
from shamcrowd.simulator.lifecycle.taxes import RATES, STATES, tax_rates
from shamcrowd.simulator.supply.places import COUNTRIES

COUNT = 50_000
ACCOUNTS = np.arange(COUNT, dtype=np.int32)


def _day(text):
    return int(np.datetime64(text, "D").astype(np.int64)) * MS_PER_DAY


@pytest.mark.parametrize(
    ("since", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-01-31", 2, "2026-03-31"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2026-02-28", 1, "2026-03-28"),
        ("2026-12-15", 12, "2027-12-15"),
    ],
)
def test_anniversaries(since, months, then):
    hour = 3_600_000
    assert anniversary(np.array([_day(since) + hour]), months).tolist() == [_day(then) + hour]


def test_luck_is_normal_and_uniform():
    luck = Luck(Streams(2), "room")
    normal = luck.normal(ACCOUNTS, "x", 1)
    assert normal.mean() == pytest.approx(0, abs=0.02)
    assert normal.std() == pytest.approx(1, abs=0.02)
    assert luck.uniform(ACCOUNTS, "x", 1).mean() == pytest.approx(0.5, abs=0.01)
    assert (luck.normal(ACCOUNTS, "x", 2) != normal).all()
    delay = luck.delay(ACCOUNTS, "x", 1, 1000.0, 1.0)
    assert np.median(delay) == pytest.approx(1000, rel=0.03)


def test_the_tier_follows_use():
    zero = np.zeros(3)
    low, high = offers.WORTH
    below = np.array([low - 1, high - 1, 0.0])
    assert offers.tier(below, zero).tolist() == [20.0, 100.0, 20.0]
    assert offers.tier(np.array([low, high, 1e6]), zero).tolist() == [100.0, 200.0, 200.0]


def test_credit_is_bought_in_sums_of_the_ladder():
    rng = np.random.default_rng(1)
    sums = offers.top_up(rng.lognormal(2, 3, 1000), rng.standard_normal(1000))
    assert set(sums) <= set(offers.LADDER)
    exact = np.array([offers.LADDER[2] / offers.STOCK])
    assert offers.top_up(exact, np.zeros(1)).tolist() == [offers.LADDER[2]]
    assert offers.top_up(exact * 1.001, np.zeros(1)).tolist() == [offers.LADDER[3]]
    assert offers.top_up(np.array([1e9]), np.zeros(1)).tolist() == [offers.LADDER[-1]]


def test_use_beyond_what_is_included():
    price, edge = np.array([20.0]), offers.INCLUDED * 20.0
    assert offers.owed_beyond(price, np.array([edge])).tolist() == [0.0]
    assert offers.owed_beyond(price, np.array([edge + 0.5])).tolist() == [0.5]


def test_taxes():
    assert all(0 <= rate < 0.3 for rate in (*RATES.values(), *STATES))
    luck = np.linspace(0, 1, COUNT, endpoint=False)
    assert set(tax_rates(("US",), np.zeros(COUNT, int), luck)) == set(STATES)
    known = sum(name in RATES or name == "US" for name in COUNTRIES)
    assert known > 0.6 * len(COUNTRIES)


def _month(**given):
    whole = {
        "first": np.zeros(COUNT, np.bool_),
        "in_use": np.ones(COUNT, np.bool_),
        "subscribed": np.ones(COUNT, np.bool_),
        "price": np.full(COUNT, 100.0),
        "used": np.full(COUNT, 0.4 * offers.INCLUDED * 100.0),
    } | {name: np.full(COUNT, value) for name, value in given.items()}
    return Month(**whole)


def _shares(**given):
    luck = np.random.default_rng(3).random(COUNT)
    return np.bincount(decide(_month(**given), luck), minlength=6) / COUNT


@pytest.mark.parametrize(
    ("given", "code", "share"),
    [
        ({}, plan_changes.CANCEL, plan_changes.CANCELS),
        ({"first": True}, plan_changes.CANCEL, plan_changes.CANCELS_FIRST),
        ({"in_use": False}, plan_changes.CANCEL, plan_changes.NOTICES),
        ({"subscribed": False}, plan_changes.CANCEL, 0.0),
        ({}, plan_changes.UPGRADE, plan_changes.SPONTANEOUS),
        ({"used": plan_changes.HEAVY * offers.INCLUDED * 100}, plan_changes.UPGRADE,
         plan_changes.SPONTANEOUS),
        ({"used": plan_changes.HEAVY * offers.INCLUDED * 101}, plan_changes.UPGRADE,
         plan_changes.MOVES_UP),
        ({"used": 1e6, "price": offers.TIERS[-1]}, plan_changes.UPGRADE, 0.0),
        ({}, plan_changes.DOWNGRADE, 0.0),
        ({"used": 0.0}, plan_changes.DOWNGRADE, plan_changes.MOVES_DOWN),
        ({"used": 0.0, "price": offers.TIERS[0]}, plan_changes.DOWNGRADE, 0.0),
        ({}, plan_changes.TO_CREDIT, plan_changes.SWITCHES),
        ({"subscribed": False}, plan_changes.TO_SUBSCRIPTION, plan_changes.SWITCHES),
        ({"subscribed": False, "in_use": False}, plan_changes.TO_SUBSCRIPTION, 0.0),
    ],
)  # fmt: skip
def test_a_month_brings_each_decision_at_its_rate(given, code, share):
    assert _shares(**given)[code] == pytest.approx(share, rel=0.15, abs=1e-9)


def test_decisions_crowd_at_the_end_of_the_month():
    when = moment(np.random.default_rng(4).random(COUNT))
    assert 0 <= when.min() < 0.1
    assert 0.9 < when.max() < 1
    assert 0.6 < np.median(when) < 0.8


def _changes(since, virtual=False, until=NEVER, start=1000 * MS_PER_DAY):
    times = card_changes(
        np.random.default_rng(5),
        np.full(COUNT, since),
        np.full(COUNT, until),
        np.full(COUNT, virtual),
        start,
    )
    assert (np.diff(times, axis=1) >= 0).all()
    return times


def test_cards_are_replaced_at_the_yearly_rate():
    start = 1000 * MS_PER_DAY
    times = _changes(0)
    year = (times >= start) & (times < start + 365 * MS_PER_DAY)
    assert year.sum() / COUNT == pytest.approx(YEARLY, rel=0.1)
    past = (times < start).any(axis=1)
    assert past.mean() == pytest.approx(1 - np.exp(-1000 / 365.25 * YEARLY), abs=0.02)


def test_virtual_cards_last_about_a_month():
    start = 1000 * MS_PER_DAY
    times = _changes(0, virtual=True)
    assert ((times < start).sum(axis=1) == 1).all()
    two = times[(times[:, 2] < NEVER) & (times[:, 0] < start)]
    days = (two[:, 2] - two[:, 1]) / MS_PER_DAY
    assert np.median(days) == pytest.approx(30, abs=1)
    assert len(np.unique(days)) > 0.99 * len(days)


def test_no_card_is_replaced_before_it_is_there_or_after_its_owner_has_left():
    assert (_changes(NEVER) == NEVER).all()
    until = 900 * MS_PER_DAY
    times = _changes(0, until=until)
    assert (times[times < NEVER] < until).all()
    assert _changes(1000 * MS_PER_DAY).min() >= 1000 * MS_PER_DAY
