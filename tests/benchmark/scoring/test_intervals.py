"""The bootstrap interval: what it must be for data whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.scoring.intervals import FEWEST_SEEDS, interval

VARIED = [[0.1], [0.2], [0.4], [0.7], [0.9], [1.0]]


def test_constant_data_has_no_width():
    assert interval([[0.25, 0.25]] * FEWEST_SEEDS) == (0.25, 0.25)


def test_too_few_seeds():
    assert interval([[0.1], [0.9]] * 2) is None


def test_the_same_for_the_same_input():
    assert interval(VARIED) == interval(VARIED)


def test_close_to_the_normal_interval():
    # 30 seeds, half 0 and half 1: the standard error of the mean is 0.5 / sqrt(30) = 0.0913, so
    # about 0.5 - 1.96 * 0.0913 = 0.32 to 0.68. A sample's mean moves in steps of 1/30.
    bounds = interval([[0.0], [1.0]] * 15)
    assert bounds == pytest.approx((0.32, 0.68), abs=0.04)


def test_campaigns_within_a_seed_are_resampled_too():
    # All seeds alike, campaigns 0 and 1: only the second stage gives it any width.
    bounds = interval([[0.0, 1.0]] * 8)
    assert bounds is not None
    # 16 fair coins: standard error 0.125, so about 0.5 -+ 0.245.
    assert bounds == pytest.approx((0.255, 0.745), abs=0.07)


def test_a_seed_weighs_the_same_however_many_campaigns_it_has():
    bounds = interval([[0.0] * 40, *([[1.0]] * 9)])
    assert bounds is not None
    assert bounds[1] == 1.0
    # Drawn 0 to 3 times in ten, the many zeros never bring the mean below 0.6.
    assert bounds[0] >= 0.6


@settings(deadline=None, derandomize=True, max_examples=15)
@given(
    st.lists(st.lists(st.floats(0, 1), min_size=1, max_size=3), min_size=FEWEST_SEEDS, max_size=8)
)
def test_lies_within_the_data_and_in_order(by_seed):
    bounds = interval(by_seed)
    assert bounds is not None
    everything = np.concatenate(by_seed)
    assert everything.min() - 1e-12 <= bounds[0] <= bounds[1] <= everything.max() + 1e-12
