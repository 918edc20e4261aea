"""A challenge is passed in time or fails; who fails is suspended, and may appeal."""

import numpy as np
import pytest

from shamcrowd.recording.units import NEVER
from shamcrowd.simulator.lifecycle.challenge import (
    ANSWER,
    LOCK_AFTER,
    OWNERS,
    AppealHabit,
    answered,
    follow,
    locked,
)
from shamcrowd.simulator.lifecycle.log_ins import hashed_delay

COUNT = 200_000
ASKED = np.full(COUNT, 10**12)
WORDS = np.arange(COUNT, dtype=np.uint64)
KEY = 77


def test_a_late_answer_counts_as_failed():
    """Everybody answers rightly, but some more than a day later."""
    outcome = follow(ASKED, WORDS, KEY, 1.0, OWNERS)
    wait = hashed_delay(ANSWER, WORDS, KEY + 1)
    late = wait > LOCK_AFTER
    assert 0.002 < late.mean() < 0.02
    assert ((outcome.passed == NEVER) == late).all()
    assert (outcome.passed[~late] == (ASKED + wait)[~late]).all()
    assert ((outcome.suspended < NEVER) == late).all()


def test_the_last_moment_is_in_time(monkeypatch):
    wait = hashed_delay(ANSWER, WORDS[:9], KEY + 1)
    for limit, passes in ((int(wait[0]), True), (int(wait[0]) - 1, False)):
        monkeypatch.setattr("shamcrowd.simulator.lifecycle.challenge.LOCK_AFTER", limit)
        assert (answered(ASKED[:1], WORDS[:1], KEY, 1.0)[0] < NEVER) == passes


@pytest.mark.parametrize("success", [0.0, 0.6, 1.0])
def test_as_many_pass_as_answer_rightly_and_in_time(success):
    in_time = (hashed_delay(ANSWER, WORDS, KEY + 1) <= LOCK_AFTER).mean()
    passed = answered(ASKED, WORDS, KEY, success) < NEVER
    assert passed.mean() == pytest.approx(success * in_time, abs=0.005)


def test_who_did_not_pass_is_locked_after_a_day_by_a_job():
    wait = locked(ASKED, WORDS, KEY) - ASKED
    assert (wait > LOCK_AFTER).all()
    assert np.median(wait) - LOCK_AFTER == pytest.approx(15 * 60_000, rel=0.05)


@pytest.mark.parametrize(("share", "granted"), [(0.0, 1.0), (1.0, 0.0), (0.5, 0.4), (1.0, 1.0)])
def test_appeals_are_parameters(share, granted):
    outcome = follow(ASKED, WORDS, KEY, 0.0, AppealHabit(share, granted))
    appealed, back = outcome.appealed < NEVER, outcome.back < NEVER
    assert appealed.mean() == pytest.approx(share, abs=0.005)
    assert back.mean() == pytest.approx(share * granted, abs=0.005)
    assert not (back & ~appealed).any()
    assert (outcome.suspended < outcome.appealed).all()
    assert (outcome.appealed <= outcome.back).all()


def test_nobody_else_changes_what_follows():
    few = slice(40, 60)
    whole = follow(ASKED, WORDS, KEY, 0.5, OWNERS)
    part = follow(ASKED[few], WORDS[few], KEY, 0.5, OWNERS)
    for name, column in vars(part).items():
        assert (column == getattr(whole, name)[few]).all(), name
