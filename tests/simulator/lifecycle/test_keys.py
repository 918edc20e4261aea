"""Keys are made before they are used and not used after they end."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.lifecycle.alarm import LOGS_IN, alarms, console_log_ins, replacement
from shamcrowd.simulator.lifecycle.keys import CHANGES, PARALLEL, WHOLE, draw_keys, key_handles
from shamcrowd.simulator.lifecycle.life import Life
from shamcrowd.simulator.lifecycle.life_parameters import DEVELOPER, PERSON, SERVICE

COUNT = 50_000
START, END = 400 * MS_PER_DAY, 430 * MS_PER_DAY


def played(life_parameters=SERVICE, seed=5):
    rng = np.random.default_rng(seed)
    first = rng.integers(150 * MS_PER_DAY, END, COUNT)
    first[:500] = NEVER
    use, events = draw_keys(
        rng, Life.of(life_parameters, COUNT), first, np.arange(COUNT) % 2 == 0, START, END
    )
    return first, use, events


def moments(events, kind):
    """Time of each event of a kind by account and number."""
    found = {}
    for some in events:
        if some.kind == kind:
            keys = zip(some.who.tolist(), some.number.tolist(), strict=True)
            found.update(zip(keys, some.time.tolist(), strict=True))
    return found


def test_each_key_is_made_once_and_ends_later():
    _, _, events = played()
    made = [np.stack([e.who, e.number]) for e in events if e.kind == "key_created"]
    pairs = np.concatenate(made, axis=1)
    assert len(np.unique(pairs, axis=1).T) == pairs.shape[1]
    assert pairs[1].max() <= max(PARALLEL)
    made, ended = moments(events, "key_created"), moments(events, "key_revoked")
    assert len(ended) > 1000
    for key, time in ended.items():
        assert made[key] < time
    assert not any(who < 500 for who, _ in made)


def test_keys_in_use_are_made_before_and_not_revoked():
    _, use, events = played()
    made, ended = moments(events, "key_created"), moments(events, "key_revoked")
    changed = np.flatnonzero(use.since < NEVER)
    assert len(changed) > 1000
    for who in changed.tolist():
        second = int(use.second[who])
        assert made[who, second] < use.since[who]
        assert ended.get((who, second), NEVER) == use.second_until[who]
        if use.share[who] == WHOLE:
            assert use.since[who] >= START
            assert ended.get((who, int(use.key[who])), NEVER) == use.key_until[who]
    for who in range(500, COUNT):
        assert ended.get((who, int(use.key[who])), NEVER) > START or use.key_until[who] > START
        assert int(use.key[who]) <= CHANGES


@pytest.mark.parametrize("life_parameters", [PERSON, DEVELOPER])
def test_rates_are_those_of_the_population(life_parameters):
    first, _, events = played(life_parameters)
    years = (END - first[500:]).sum() / MS_PER_DAY / 365.25
    changes = sum(
        int(((some.number > 0) & (some.number <= CHANGES)).sum())
        for some in events
        if some.kind == "key_created"
    )
    # Changes that overlap the start or each other are left out.
    assert changes / years == pytest.approx(
        life_parameters.rotations + life_parameters.scares, rel=0.15
    )
    old = first < START - 200 * MS_PER_DAY
    further = sum(
        int(old[some.who[some.number >= PARALLEL[0]]].sum())
        for some in events
        if some.kind == "key_created"
    )
    assert further / old.sum() == pytest.approx(life_parameters.further_keys, rel=0.1)


def test_handles_of_keys_do_not_meet():
    handles = np.array([0, 1, 5, (1 << 27) - 1, (1 << 30) | 3])
    every = np.concatenate([key_handles(handles, number) for number in range(8)])
    assert len(np.unique(every)) == len(every)
    assert every.max() < 2**31


@pytest.mark.parametrize("since", [0, 250])
def test_owners_log_in_between_the_cause_and_the_new_key(since):
    """The same for routine, where the cause is any moment since the first key, and for alarms."""
    made, before = np.full(COUNT, 300), np.full(COUNT, since)
    entered = console_log_ins(np.random.default_rng(4), made, before)
    logged = entered < NEVER
    assert logged.mean() == pytest.approx(LOGS_IN, abs=0.01)
    assert ((entered[logged] > since) & (entered[logged] <= 300)).all()


def test_scared_owners_log_in_after_the_scare_as_victims_do():
    noticed = np.full(COUNT, 10**9)
    answer = alarms(np.random.default_rng(4), noticed)
    logged = answer.entered < NEVER
    assert logged.mean() == pytest.approx(LOGS_IN, abs=0.01)
    assert (answer.entered[logged] >= noticed[logged]).all()
    assert (answer.entered[logged] <= answer.new_key[logged]).all()


def test_a_replacement_is_logged_alike_in_routine_and_after_a_theft():
    """One table of events: a key, the end of the old one, a log-in, perhaps a report."""
    who, never = np.arange(2), np.array([NEVER, 70])
    made, ends = np.array([50, 60]), np.array([NEVER, 65])
    events = replacement(who, 7, np.array([0, 3]), made, ends, np.array([45, NEVER]), never, never)
    told = [(e.kind, e.who.tolist(), e.number.tolist(), e.in_browser) for e in events]
    assert told == [
        ("key_created", [0, 1], [7, 7], True),
        ("key_revoked", [1], [3], True),
        ("login", [0], [0], True),
        ("user_report", [1], [0], False),
        ("password_changed", [1], [0], True),
    ]


def test_only_owners_with_a_password_change_it_after_an_alarm():
    _, _, events = played()
    changed = np.concatenate([e.who for e in events if e.kind == "password_changed"])
    assert len(changed) > 300
    assert (changed % 2 == 0).all()
