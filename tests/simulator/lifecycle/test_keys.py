"""Keys are made before they are used and not used after they end."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.lifecycle.keys import BESIDE, CHANGES, WHOLE, draw_keys, key_handles
from shamcrowd.simulator.lifecycle.life import Life
from shamcrowd.simulator.lifecycle.life_parameters import DEVELOPER, PERSON, SERVICE

COUNT = 50_000
START, END = 400 * MS_PER_DAY, 430 * MS_PER_DAY


def played(life_parameters=SERVICE, seed=5):
    rng = np.random.default_rng(seed)
    first = rng.integers(150 * MS_PER_DAY, END, COUNT)
    first[:500] = NEVER
    use, events = draw_keys(rng, Life.of(life_parameters, COUNT), first, START, END)
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
    assert pairs[1].max() <= max(BESIDE)
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
        int(old[some.who[some.number >= BESIDE[0]]].sum())
        for some in events
        if some.kind == "key_created"
    )
    assert further / old.sum() == pytest.approx(life_parameters.further_keys, rel=0.1)


def test_handles_of_keys_do_not_meet():
    handles = np.array([0, 1, 5, (1 << 27) - 1, (1 << 30) | 3])
    every = np.concatenate([key_handles(handles, number) for number in range(8)])
    assert len(np.unique(every)) == len(every)
    assert every.max() < 2**31
