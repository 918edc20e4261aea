"""The steps of a sign-up come in order, and at their parameters' rates."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.lifecycle.life import Life
from shamcrowd.simulator.lifecycle.life_parameters import EMPLOYEE, NEVER_STARTS, PERSON
from shamcrowd.simulator.lifecycle.sign_up import MAIL_READ, MOST_CODES, codes_asked, sign_up

COUNT = 40_000


def drawn(seed=1, life=None, **masks):
    """Sign-ups, most of which have every step."""
    rng = np.random.default_rng(seed)
    created = np.sort(rng.integers(10**12, 10**12 + 30 * MS_PER_DAY, COUNT))
    usual = {"mail": 0.6, "phone": 0.7, "verified": 0.9, "invited": 0.1, "trial": 0.5, "card": 0.4}
    chosen = {name: rng.random(COUNT) < masks.get(name, share) for name, share in usual.items()}
    codes = np.minimum(rng.geometric(0.9, COUNT), 6)
    life = Life.of(PERSON, COUNT) if life is None else life
    return created, chosen, codes, sign_up(rng, life, created, codes, **chosen)


def test_steps_come_in_order():
    created, _, codes, steps = drawn()
    before = [
        (steps.mail_asked, steps.mail_read),
        (steps.mail_read, steps.phone_verified),
        (steps.phone_verified, steps.first_key),
        (steps.mail_read, steps.first_key),
        (steps.phone_verified, steps.granted),
        (steps.first_key, steps.first_use),
        (steps.card_added, steps.first_use),
    ]
    for first, second in before:
        both = (first < NEVER) & (second < NEVER)
        assert both.any()
        assert (first[both] < second[both]).all()
    for name, step in vars(steps).items():
        if len(step) == COUNT and name != "code_account":
            assert (step > created).all()
    assert (steps.code_sent > created[steps.code_account]).all()
    sent = np.bincount(steps.code_account, minlength=COUNT)
    reached = sent > 0
    assert (sent[reached] == codes[reached]).all()
    last = np.zeros(COUNT, np.int64)
    np.maximum.at(last, steps.code_account, steps.code_sent)
    typed = steps.phone_verified < NEVER
    assert (last[typed] < steps.phone_verified[typed]).all()


def test_only_who_passes_the_checks_gets_further():
    _, chosen, _, steps = drawn()
    out = ~chosen["verified"]
    for step in (steps.phone_verified, steps.granted, steps.first_key, steps.card_added):
        assert (step[out] == NEVER).all()
    assert (steps.first_use[out] == NEVER).all()
    both = out & chosen["mail"] & chosen["phone"]
    stopped = steps.mail_read[both] == NEVER
    assert stopped.mean() == pytest.approx(PERSON.mail_stops, abs=0.03)


def test_who_gives_up_at_the_phone_has_asked_for_more_codes():
    verified = np.arange(COUNT) % 2 == 0
    codes = codes_asked(np.random.default_rng(3), verified)
    assert codes.min() == 1
    assert codes.max() <= MOST_CODES
    # 0.06 * 0.65 + 0.94 * 0.09, and 0.25 * 0.65 + 0.75 * 0.28.
    assert (codes[verified] > 1).mean() == pytest.approx(0.124, abs=0.01)
    assert (codes[~verified] > 1).mean() == pytest.approx(0.37, abs=0.015)


def test_a_share_never_begins():
    _, chosen, _, steps = drawn()
    idle = steps.first_key[chosen["verified"]] == NEVER
    assert idle.mean() == pytest.approx(PERSON.start[NEVER_STARTS], abs=0.005)


def test_some_come_back_to_the_mail_after_days():
    _, _, _, steps = drawn(mail=1.0, verified=1.0)
    wait = (steps.mail_read - steps.mail_asked) / MS_PER_DAY
    rng = np.random.default_rng(2)
    asked = MAIL_READ.draw(rng, 10**6) / MS_PER_DAY
    for days in (1, 7):
        assert (wait > days).mean() == pytest.approx((asked > days).mean(), abs=0.008)
        assert (wait > days).any()


def test_the_order_of_key_and_card_is_not_fixed():
    _, _, _, steps = drawn()
    both = (steps.first_key < NEVER) & (steps.card_added < NEVER)
    assert 0.25 < (steps.first_key[both] < steps.card_added[both]).mean() < 0.75


@pytest.mark.parametrize("life_parameters", [PERSON, EMPLOYEE])
def test_no_delay_repeats(life_parameters):
    created, _, _, steps = drawn(life=Life.of(life_parameters, COUNT))
    times = {name: step for name, step in vars(steps).items() if len(step) == COUNT}
    times["created"] = created
    del times["mail_again"]
    for one, first in times.items():
        for other, second in times.items():
            both = (first < NEVER) & (second < NEVER)
            if one < other and both.sum() > 1000:
                _, many = np.unique((second - first)[both], return_counts=True)
                # Server steps last seconds, so some of 40,000 share a millisecond by chance.
                assert many.max() < 0.002 * both.sum(), (one, other)


def test_haste_and_evenness_make_scripts():
    life = Life.of(PERSON, COUNT)
    life.hurry(np.arange(COUNT), 5.0, 0.9)
    _, _, _, people = drawn()
    _, _, _, scripts = drawn(life=life)
    delays = []
    for steps in (people, scripts):
        there = steps.mail_read < NEVER
        delays.append((steps.mail_read - steps.mail_asked)[there])
    assert np.median(delays[1]) < np.median(delays[0]) / 3
    assert np.std(np.log(delays[1])) < np.std(np.log(delays[0])) / 2
