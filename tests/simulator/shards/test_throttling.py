"""What a throttle lets through, by each of its kinds; sequential definitions are the reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_MINUTE
from shamcrowd.simulator.shards.throttling import (
    ALLOWANCE_MINUTES,
    ThrottleTerms,
    Throttling,
)

LIMIT = np.array([20, 60], np.int32)
NOBODY = np.empty(0, np.int64), np.empty(0, np.int32)


def throttling(kind, share=0.1, at_once=3):
    return Throttling(ThrottleTerms(kind, share, at_once, 429))


def asked(times, account=0, took=0):
    """Requests of one account and the ends of their answers."""
    time = np.array(times, np.int64)
    return (time, np.full(len(time), account, np.int32)), time + np.array(took)


def test_rate_counts_the_minute_before():
    one = throttling("rate")
    first, end = asked([0, 10])
    assert one.exceeding(NOBODY, first, end, LIMIT).tolist() == [False, False]
    later, end = asked([MS_PER_MINUTE - 1, MS_PER_MINUTE + 10])
    assert one.exceeding(first, later, end, LIMIT).tolist() == [True, False]


def test_quota_is_a_share_of_an_hour_at_the_full_rate_and_begins_anew_at_midnight():
    one, most = throttling("quota"), round(20 * 0.1 * ALLOWANCE_MINUTES)
    step = MS_PER_DAY // (2 * most)
    # Slices that end in the middle of a day: what was used before counts.
    over = []
    for begin in range(0, 4 * most, 50):
        requests, end = asked(step * np.arange(begin, begin + 50))
        over.append(one.exceeding(NOBODY, requests, end, LIMIT))
    over = np.concatenate(over)[: 4 * most].reshape(2, 2 * most)
    for day in over:
        assert not day[:most].any()
        assert day[most:].all()


def test_quota_is_for_each_account_and_its_plan():
    one = throttling("quota", share=1 / 60)
    account = np.tile(np.array([0, 1], np.int32), 70)
    time = np.arange(140, dtype=np.int64)
    over = one.exceeding(NOBODY, (time, account), time, LIMIT)
    assert (~over[account == 0]).sum() == 20
    assert (~over[account == 1]).sum() == 60


def test_concurrency_lets_through_three_at_once_over_slices():
    one = throttling("concurrency")
    requests, end = asked([0, 1, 2, 3, 4], took=[100, 50, 100, 100, 100])
    assert one.exceeding(NOBODY, requests, end, LIMIT).tolist() == [False] * 3 + [True] * 2
    # One is done by 60; those that were refused are not in progress.
    requests, end = asked([60, 61, 103], took=100)
    assert one.exceeding(NOBODY, requests, end, LIMIT).tolist() == [False, True, False]


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 60)), min_size=1, max_size=40))
def test_who_is_refused_does_not_depend_on_slices(rows):
    """One after the other: a request is let through if fewer than three are in progress."""
    time = np.cumsum([gap for gap, _ in rows])
    took = np.array([length for _, length in rows])
    expected, open_ = [], []
    for begin, length in zip(time.tolist(), took.tolist(), strict=True):
        open_ = [end for end in open_ if end > begin]
        expected.append(len(open_) >= 3)
        open_ += [] if expected[-1] else [begin + length]
    for parts in (1, 2, 5):
        one, over = throttling("concurrency"), []
        for some in np.array_split(np.arange(len(time)), parts):
            requests, end = asked(time[some], took=took[some])
            over += one.exceeding(NOBODY, requests, end, LIMIT).tolist()
        assert over == expected


@pytest.mark.parametrize("kind", ["rate", "quota", "concurrency"])
def test_no_requests_are_none_too_many(kind):
    requests, end = asked([])
    assert throttling(kind).exceeding(NOBODY, requests, end, LIMIT).shape == (0,)
