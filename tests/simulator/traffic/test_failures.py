"""Errors come together, clients try again, and what follows waits."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.core.streams import Streams, bits
from shamcrowd.simulator.traffic.answer_times import AnswerTimes
from shamcrowd.simulator.traffic.failures import (
    FINE,
    GONE,
    HONOURED,
    RETRIES,
    Failures,
    Requests,
    account_factors,
    retries,
    retry_after,
)
from shamcrowd.simulator.traffic.outages import OF, FailingShares
from shamcrowd.simulator.traffic.profile_tables import SLOTS

MANY = 40_000


def failures(rate):
    times = AnswerTimes(1)
    return Failures(rate, FailingShares([], 0, 40 * MS_PER_DAY, 1), times)


def requests(chance, most=RETRIES, seed=1):
    luck = bits(Streams(seed)("luck"), MANY)
    sessions = MANY // 10
    return Requests(
        np.arange(MANY, dtype=np.int64) * 60_000, luck, np.arange(MANY) // 10,
        np.arange(sessions) * 10, np.full(sessions, 10, np.int32), np.zeros(sessions, np.int8),
        np.full(sessions, chance, np.uint16), np.full(sessions, most, np.int8),
    )  # fmt: skip


def test_the_mean_rate_is_the_one_asked_for():
    luck = np.arange(SLOTS)
    chance = failures(0.006).chance(np.ones(SLOTS, np.float32), luck)
    assert chance.mean() / OF == pytest.approx(0.006, rel=0.05)
    # Few sessions have most of the errors.
    top = np.sort(chance)[-SLOTS // 10 :].sum() / chance.sum()
    assert top > 0.5


def test_accounts_differ_and_the_id_alone_decides():
    ids = np.arange(50_000, dtype=np.int32)
    factors = account_factors(ids, 3)
    assert factors.mean() == pytest.approx(1, abs=0.03)
    assert np.quantile(factors, 0.95) > 4 * np.median(factors)
    assert account_factors(ids[7:8], 3)[0] == factors[7]
    assert set(np.unique(retries(ids, 3))) == {0, RETRIES}


def send(sent):
    """Status, retries, indices of failed requests, and by how much each request moved, ms."""
    duration, before = np.full(MANY, 5000, np.float32), sent.time.copy()
    status, again = failures(0.0).send(sent, duration)
    assert np.array_equal(duration == 5000, status == FINE)
    return status, again, np.flatnonzero(status != FINE), sent.time - before, duration


def test_nothing_fails_at_a_rate_of_nothing():
    status, again, _, moved, _ = send(requests(0))
    assert (status == FINE).all()
    assert len(again.of) == 0
    assert not moved.any()


def test_failed_requests_are_sent_again_after_the_delays_of_libraries():
    sent = requests(OF // 20)
    status, again, failed, _, duration = send(sent)
    assert len(failed) / MANY == pytest.approx(0.05, abs=0.005)
    assert set(status[failed]) == {500, 503}
    first = np.isin(np.arange(len(again.of)), np.unique(again.of, return_index=True)[1])
    assert first.sum() == len(failed)
    wait = again.time[first] - sent.time[failed] - duration[failed].astype(np.int64)
    assert wait.min() >= 375
    # An overloaded platform says when to try again; nobody waits longer than a minute for it.
    asked = retry_after(sent.luck[failed], AnswerTimes(1))
    honoured = (status[failed] == 503) & (asked > 0) & (asked <= HONOURED)
    assert np.array_equal(wait[honoured], 1000 * asked[honoured].astype(np.int64))
    assert wait[~honoured].max() <= 501
    assert asked.max() > HONOURED
    # Three retries in ten fail for the same reason, and one in twenty anyway.
    assert (again.status[first] != FINE).mean() == pytest.approx(0.35, abs=0.03)
    assert (again.duration[again.status == FINE] == 5000).all()


def test_what_follows_in_the_session_waits():
    sent = requests(OF // 20)
    _, again, failed, moved, _ = send(sent)
    inside = np.arange(MANY) % 10
    assert not moved[inside == 0].any()
    served = np.isin(failed, again.of[again.status == FINE])
    followed = inside[failed] < 9
    step = moved[np.minimum(failed + 1, MANY - 1)] - moved[failed]
    # For as long as the failure and the pause took, or for ever.
    assert (step[served & followed] > 375).all()
    ends = step[~served & followed] >= GONE // 2
    assert ends.mean() == pytest.approx(0.35, abs=0.15)
    assert not (step[served & followed] >= GONE // 2).any()
    # Nothing else moves.
    others = np.setdiff1d(np.flatnonzero(inside > 0), failed + 1)
    assert np.array_equal(moved[others], moved[others - 1])


def test_clients_that_do_not_try_again():
    _, again, failed, moved, _ = send(requests(OF // 20, most=0))
    assert len(again.of) == 0
    followed = failed[failed % 10 < 9]
    ends = moved[followed + 1] - moved[followed] >= GONE // 2
    assert ends.mean() == pytest.approx(0.35, abs=0.04)
