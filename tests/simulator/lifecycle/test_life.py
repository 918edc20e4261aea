"""Parameters of accounts' lives, and what campaigns may change of them."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.lifecycle.life import Life
from shamcrowd.simulator.lifecycle.life_parameters import (
    AT_ONCE,
    MONTHS,
    NEVER_STARTS,
    PERSON,
)
from shamcrowd.simulator.lifecycle.sign_up import sign_up

COUNT = 60_000
EVERYONE = np.arange(COUNT)


def waits(life, seed=3):
    """Days from the opened account to its first use."""
    rng = np.random.default_rng(seed)
    all_, none = np.ones(COUNT, bool), np.zeros(COUNT, bool)
    created = np.zeros(COUNT, np.int64)
    steps = sign_up(
        rng, life, created, np.ones(COUNT, np.int64), mail=all_, phone=none, verified=all_,
        invited=none, trial=none, card=none,
    )  # fmt: skip
    return steps.first_use[steps.first_use < NEVER] / MS_PER_DAY


def test_shares_sum_to_one_whatever_is_changed():
    life = Life.of(PERSON, COUNT)
    for change in (
        lambda: life.dormant(0.3),
        lambda: life.rest(EVERYONE, 9.0, 40 * MS_PER_DAY),
        lambda: life.begin_within(EVERYONE, 20 * MS_PER_DAY, 0.7),
        lambda: life.rest(EVERYONE, 60.0, 40 * MS_PER_DAY),
    ):
        change()
        assert life.start.sum(axis=1) == pytest.approx(1, abs=1e-5)
        assert (life.start > -1e-6).all()


@pytest.mark.parametrize("days", [9.0, 12.0, 25.0])
def test_rest_has_the_mean_that_is_asked_for(days):
    life = Life.of(PERSON, COUNT)
    life.begin_within(EVERYONE, 4000 * MS_PER_DAY, 1.0)
    life.rest(EVERYONE, days, 4000 * MS_PER_DAY)
    assert waits(life).mean() == pytest.approx(days, rel=0.12)


def test_rest_shorter_than_people_s_changes_nothing():
    life = Life.of(PERSON, COUNT)
    before = life.start.copy()
    life.rest(EVERYONE, 0.5, 4000 * MS_PER_DAY)
    assert (life.start == before).all()


def test_nobody_waits_longer_than_the_limit_and_none_at_it():
    life = Life.of(PERSON, COUNT)
    life.begin_within(EVERYONE, 2 * MS_PER_DAY, 1.0)
    life.rest(EVERYONE, 12.0, 3 * MS_PER_DAY)
    assert (life.limit == 2 * MS_PER_DAY).all()
    found = waits(life)
    # What comes on top are the steps themselves.
    assert np.quantile(found, 0.9) < 2.2
    assert len(np.unique(found)) > 0.99 * len(found)


def test_a_careless_campaign_begins_at_once_and_a_careful_one_as_people_do():
    life = Life.of(PERSON, COUNT)
    life.begin_within(EVERYONE, 20 * MS_PER_DAY, 0.0)
    assert (life.start[:, AT_ONCE] == 1).all()
    life = Life.of(PERSON, COUNT)
    life.begin_within(EVERYONE, 20 * MS_PER_DAY, 1.0)
    assert (life.start == np.float32(PERSON.start)).all()
    assert len(waits(life)) == pytest.approx((1 - PERSON.start[NEVER_STARTS]) * COUNT, rel=0.01)
    life = Life.of(PERSON, COUNT)
    life.begin_within(EVERYONE, 20 * MS_PER_DAY, 0.5)
    assert life.start[:, MONTHS] == pytest.approx(PERSON.start[MONTHS] / 2)


def test_dormant_sets_the_share_that_begins_after_months():
    life = Life.of(PERSON, COUNT)
    life.dormant(0.4)
    assert life.start[:, MONTHS] == pytest.approx(0.4)
    ratio = life.start[0, NEVER_STARTS] / life.start[0, AT_ONCE]
    assert ratio == pytest.approx(PERSON.start[NEVER_STARTS] / PERSON.start[AT_ONCE], rel=1e-4)
