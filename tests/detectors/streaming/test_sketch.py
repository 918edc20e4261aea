"""The chi-squared of MIDAS, its filter, and counts that collide at worst upwards."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from shamcrowd.detectors.streaming.sketch import THRESHOLD, FilteredCounts, deviation, hashed

ONE = np.array([7])


def test_the_vector_of_the_paper():
    told = deviation(np.array([5.0]), np.array([14.0]), 10)
    assert told[0] == pytest.approx(10.2857, abs=5e-5)
    # The same as a chi-squared of this tick against all the others.
    assert told[0] == pytest.approx(stats.chisquare([5, 9], [1.4, 12.6]).statistic)


@given(st.integers(2, 500), st.integers(0, 10_000), st.integers(0, 1_000))
def test_only_what_lies_above_the_mean_counts(tick, past, now):
    told = deviation(np.array([float(now)]), np.array([float(past + now)]), tick)[0]
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
