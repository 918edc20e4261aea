"""Resets of forgotten passwords: in order, at their rate, and only where there is a password."""

from itertools import pairwise

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.lifecycle.life import Life
from shamcrowd.simulator.lifecycle.life_parameters import PERSON
from shamcrowd.simulator.lifecycle.passwords import COMPLETED, draw_resets
from shamcrowd.simulator.lifecycle.past import LOG_IN_LOG_DAYS

COUNT = 200_000
START, END = 400 * MS_PER_DAY, 430 * MS_PER_DAY
ENTERED, LEFT = 300 * MS_PER_DAY, 420 * MS_PER_DAY


@pytest.fixture(scope="module")
def drawn():
    """A spell of 120 days for each account; every other one has a password."""
    begin, until = np.full((COUNT, 3), NEVER), np.full((COUNT, 3), NEVER)
    begin[:, 0], until[:, 0] = ENTERED, LEFT
    password = np.arange(COUNT) % 2 == 0
    rng = np.random.default_rng(3)
    return draw_resets(rng, Life.of(PERSON, COUNT), password, (begin, until), START, END)


def of(drawn, kind):
    """Accounts and times of all events of a kind."""
    some = [events for events in drawn if events.kind == kind]
    return np.concatenate([e.who for e in some]), np.concatenate([e.time for e in some])


def test_the_rate_is_that_of_the_population(drawn):
    who, time = of(drawn, "password_reset_requested")
    years = COUNT / 2 * (LEFT - ENTERED) / MS_PER_DAY / 365.25
    assert len(who) / years == pytest.approx(PERSON.forgets, rel=0.05)
    assert (who % 2 == 0).all()
    assert time.min() >= ENTERED
    assert np.quantile(time, 0.99) < LEFT
    changed, _ = of(drawn, "password_changed")
    assert len(changed) / len(who) == pytest.approx(COMPLETED, abs=0.02)


def test_a_wrong_password_comes_before_the_mail_and_a_log_in_after_the_new_one(drawn):
    order = ("login_failed", "password_reset_requested", "password_changed", "login")
    first = {}
    for kind in order:
        who, time = of(drawn, kind)
        once = np.flatnonzero(np.bincount(who, minlength=COUNT)[who] == 1)
        first[kind] = dict(zip(who[once].tolist(), time[once].tolist(), strict=True))
    alone = set(first["password_reset_requested"])
    for before, after in pairwise(order):
        both = alone & set(first[before]) & set(first[after])
        assert len(both) > 100
        assert all(first[before][one] < first[after][one] for one in both)


def test_log_ins_are_kept_for_a_month(drawn):
    kept = START - LOG_IN_LOG_DAYS * MS_PER_DAY
    for kind in ("login_failed", "login"):
        assert kept <= of(drawn, kind)[1].min() < kept + MS_PER_DAY
    assert of(drawn, "password_reset_requested")[1].min() < ENTERED + MS_PER_DAY


def test_an_account_that_is_never_used_has_no_reset():
    never = np.full((COUNT, 3), NEVER)
    everybody = np.ones(COUNT, np.bool_)
    rng = np.random.default_rng(3)
    drawn = draw_resets(rng, Life.of(PERSON, COUNT), everybody, (never, never), START, END)
    assert all(len(events.who) == 0 for events in drawn)
