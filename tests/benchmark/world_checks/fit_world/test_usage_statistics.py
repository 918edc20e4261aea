"""Habits are measured as they were put in."""

from __future__ import annotations

import math

import numpy as np
import pytest

from shamcrowd.benchmark.world_checks.fit_world import usage_statistics
from shamcrowd.benchmark.world_checks.fit_world.requests import SESSION_MS, LoggedRequests
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR

START = 1_772_409_600_000  # Monday, 2 March 2026


def log_of(
    account: list[int], time: list[int], days: int = 14, **columns: list[int]
) -> LoggedRequests:
    """Requests at ``time`` ms after the start; in order of account and time."""
    many = max(account) + 1
    return LoggedRequests(
        START, days, 1.0, np.array(account), START + np.array(time), np.full(many, START),
        {name: np.array(values) for name, values in columns.items()},
    )  # fmt: skip


def drawn(rates: np.ndarray, days: int = 14) -> LoggedRequests:
    """Accounts with one request in each of their sessions, which are hours apart."""
    rng = np.random.default_rng(1)
    account, time = [], []
    for number, many in enumerate(rng.poisson(rates * days)):
        slots = rng.choice(days * 24, size=min(many, days * 24), replace=False)
        account += [number] * len(slots)
        time += sorted((slots * MS_PER_HOUR).tolist())
    seen, code = np.unique(account, return_inverse=True)
    log = log_of(code.tolist(), time, days)
    assert len(log.created) == len(seen)
    return log


@pytest.mark.parametrize(("gap", "sessions"), [(SESSION_MS, 1), (SESSION_MS + 1, 2)])
def test_a_longer_gap_than_half_an_hour_begins_a_session(gap: int, sessions: int) -> None:
    log = log_of([0, 0, 1], [0, gap, gap])
    assert len(log.session_starts) == sessions + 1  # And that of the other account.


def test_turns_are_counted_in_conversations_that_are_taken_up_again() -> None:
    log = log_of([0, 0, 0, 0, 1], [0, 1, 2, 3, 4], conversation=[7, 8, 7, 7, 7])
    assert log.turn is not None
    assert log.turn.tolist() == [0, 0, 1, 2, 0]


@pytest.mark.parametrize("sigma", [0.4, 1.0])
def test_rates_and_those_who_are_not_seen(sigma: float) -> None:
    rng = np.random.default_rng(2)
    rates = np.minimum(0.3 * np.exp(sigma * rng.standard_normal(4000)), 12)
    log = drawn(rates)
    median, spread, there = usage_statistics.sessions_a_day(log)
    assert median == pytest.approx(0.3, rel=0.15)
    assert spread == pytest.approx(sigma, abs=0.15)
    assert len(log.created) * there == pytest.approx(4000, rel=0.05)


def test_requests_of_sessions_before_rounding() -> None:
    rng = np.random.default_rng(3)
    many = np.maximum(np.round(3.0 * np.exp(0.9 * rng.standard_normal(20_000))), 1).astype(int)
    time = np.concatenate([i * 10 * MS_PER_HOUR + np.arange(n) for i, n in enumerate(many)])
    median, sigma = usage_statistics.requests_a_session(log_of([0] * len(time), time.tolist()))
    assert median == pytest.approx(3.0, rel=0.05)
    assert sigma == pytest.approx(0.9, abs=0.06)


def test_tokens_within_and_between_accounts() -> None:
    rng = np.random.default_rng(4)
    account = np.repeat(np.arange(400), 30)
    logs = 6 + 0.8 * rng.standard_normal(400)[account] + 0.5 * rng.standard_normal(len(account))
    log = log_of(account.tolist(), list(range(len(account))),
                 output_tokens=np.exp(logs).astype(int).tolist())  # fmt: skip
    found = usage_statistics.tokens(log, "output_tokens", first=False)
    assert found is not None
    assert found == pytest.approx((math.exp(6), 0.5, 0.8), rel=0.1)
    assert usage_statistics.tokens(log, "input_tokens", first=True) is None


def test_growth_within_conversations() -> None:
    turn = np.tile(np.arange(10), 50)
    account = np.repeat(np.arange(50), 10)
    tokens = np.round((100 + 50 * account) * (1.0 + turn) ** 0.7).astype(int)
    log = log_of(account.tolist(), list(range(500)), input_tokens=tokens.tolist(),
                 conversation=account.tolist())  # fmt: skip
    assert usage_statistics.growth(log) == pytest.approx(0.7, abs=0.01)


def test_hours_and_weekends() -> None:
    days = np.repeat(np.arange(14), np.where(np.arange(14) % 7 >= 5, 1, 4))
    log = log_of([0] * len(days), (days * MS_PER_DAY + 9 * MS_PER_HOUR).tolist())
    assert usage_statistics.weekend(log) == pytest.approx(0.25)
    assert usage_statistics.hours(log)[9] == 1000
    assert usage_statistics.hours(log).sum() == 1000 + 23
    assert usage_statistics.weekend(log_of([0], [0], days=5)) is None


def test_sharing_is_by_the_usual_address() -> None:
    log = log_of([0, 0, 0, 1, 2, 3], [0, 1, 2, 3, 4, 5], address=[5, 5, 9, 5, 5, 8])
    assert usage_statistics.users_of_usual_address(log).tolist() == [3, 3, 3, 1]
    assert usage_statistics.sharing(np.array([3, 3, 3, 1])) == pytest.approx((0.75, 3.0))
    assert usage_statistics.sharing(usage_statistics.users_of_usual_address(log_of([0], [0]))) == (
        0.0,
        2.0,
    )
