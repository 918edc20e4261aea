"""Delays have the medians, tails and shares that they name."""

import numpy as np
import pytest

from shamcrowd.simulator.core.streams import mixed
from shamcrowd.simulator.lifecycle.delays import DAY, HOUR, LONGEST, MINUTE, Delay
from shamcrowd.simulator.lifecycle.log_ins import hashed_delay

MANY = 200_000
BOTH = Delay(MINUTE, 0.5, 0.2, DAY, 1.0)


def words():
    return mixed(np.arange(MANY, dtype=np.uint64), 7)


@pytest.mark.parametrize(
    "drawn",
    [BOTH.draw(np.random.default_rng(1), MANY), hashed_delay(BOTH, words(), 3)],
    ids=["drawn", "hashed"],
)
def test_median_sigma_and_share(drawn):
    later = drawn > HOUR
    assert later.mean() == pytest.approx(0.2, abs=0.01)
    assert np.median(drawn[~later]) == pytest.approx(MINUTE, rel=0.03)
    assert np.std(np.log(drawn[~later])) == pytest.approx(0.5, rel=0.05)
    assert drawn.min() >= 1


def test_hashed_delays_depend_on_their_word_alone():
    whole = hashed_delay(BOTH, words(), 3)
    assert (hashed_delay(BOTH, words()[100:110], 3) == whole[100:110]).all()
    assert (hashed_delay(BOTH, words()[:100], 4) != whole[:100]).mean() > 0.9


def test_no_delay_is_longer_than_the_longest():
    drawn = Delay(LONGEST, 3.0).draw(np.random.default_rng(1), 1000)
    assert (drawn <= LONGEST + 2).all()


def test_full_evenness_leaves_nobody_distracted():
    drawn = BOTH.draw(np.random.default_rng(1), MANY, 1.0, 1.0)
    assert drawn.max() < HOUR
