"""The deviation of MIDAS-F, its filter, and counts that collide at worst upwards."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shamcrowd.detectors.streaming.sketch import THRESHOLD, FilteredCounts, deviation, hashed

ONE = np.array([7])


def test_by_hand_as_the_reference_code_does():
    # MIDAS-F: (a + s - a t)^2 / (s (t - 1)) with the past s alone; MIDAS would divide by 14.
    told = deviation(np.array([5.0]), np.array([9.0]), 10)
    assert told[0] == pytest.approx((5 + 9 - 5 * 10) ** 2 / (9 * 9))


def test_what_was_never_seen_is_no_anomaly():
    assert deviation(np.array([1e6]), np.array([0.0]), 50)[0] == 0
    assert deviation(np.array([1e6]), np.array([1.0]), 50)[0] > THRESHOLD


@given(st.integers(2, 500), st.integers(1, 10_000), st.integers(0, 1_000))
def test_only_what_lies_above_the_mean_counts(tick, past, now):
    told = deviation(np.array([float(now)]), np.array([float(past)]), tick)[0]
    assert (told > 0) == (now * tick > past + now)


def played(counts, key=ONE):
    held, told = FilteredCounts(), []
    for tick, count in enumerate(counts, 1):
        held.add(key, np.array([float(count)]))
        told.append(held.scores(key, tick)[0])
        held.close(tick)
    return told


def test_an_attack_does_not_become_usual():
    told = played([10] * 50 + [5000] * 5)
    assert max(told[:50]) == 0
    assert min(told[50:]) > THRESHOLD
    assert told[-1] > 0.8 * told[50], "the fifth hour is as odd as the first"


def test_from_the_threshold_on_the_past_stays_as_it_was():
    # 10 an hour for 50 hours: a in the 51st deviates by 2,500 (a - 10)^2 / (500 * 50).
    for count, expected in ((109, 10 * 50 + 109), (111, 10 * 51)):
        held = FilteredCounts()
        for tick, now in enumerate([10] * 50 + [count], 1):
            held.add(ONE, np.array([float(now)]))
            held.close(tick)
        assert held._past.max() == pytest.approx(expected)


def test_slow_growth_does():
    assert max(played([10 + i // 10 for i in range(200)])) < 10


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=200, unique=True))
def test_no_key_is_counted_short(keys):
    held = FilteredCounts()
    keys = np.array(keys)
    held.add(keys, np.full(len(keys), 3.0))
    assert (held._now.max(axis=1) >= 3).all()
    assert held._now.sum() == 3.0 * len(keys) * len(held._now)
    assert (held._now[np.arange(2)[:, None], held._cells(keys)] >= 3).all()


def test_words_have_the_same_number_everywhere():
    # The check value of CRC-32, 0xCBF43926, modulo 2^31 - 1.
    assert hashed(["123456789", ""]).tolist() == [1_274_296_615, 0]
