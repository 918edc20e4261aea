"""Intervals: what they must be for data whose answer is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.stats import binomtest, ttest_1samp

from shamcrowd.benchmark.scoring.intervals import (
    FEWEST_SEEDS,
    fitted_interval,
    interval,
    mean_interval,
)
from shamcrowd.benchmark.scoring.support import ANY, POSITIVE, Support

SHARE, HITS = Support(), Support(low=-1.0, hits=True)
VARIED = [[0.1], [0.2], [0.4], [0.7], [0.9], [0.95]]


def test_too_few_seeds():
    assert interval([[0.1], [0.9], [0.5], [0.2]], SHARE) is None
    assert interval([[0.1], [0.9], [0.5], [0.2], [0.3]], SHARE) is not None


def test_the_same_on_every_seed_has_none():
    assert interval([[0.25, 0.25]] * FEWEST_SEEDS, SHARE) is None
    assert interval([[0.1 + 0.2], [0.3], [0.3], [0.3], [0.3]], SHARE) is None


def test_without_ends_it_is_students():
    low, high = ttest_1samp([v[0] for v in VARIED], 0).confidence_interval(0.95)
    assert interval(VARIED, ANY) == pytest.approx((low, high))


def test_in_the_middle_of_the_range_it_is_nearly_students():
    values = [[v] for v in (0.48, 0.5, 0.52, 0.49, 0.51)]
    assert interval(values, SHARE) == pytest.approx(interval(values, ANY), abs=2e-4)


def test_near_an_end_it_is_longer_on_the_far_side():
    values = [[v] for v in (0.01, 0.02, 0.0, 0.1, 0.05)]
    low, high = interval(values, SHARE)
    assert 0 < low < 0.036 < high < 1
    assert high - 0.036 > 3 * (0.036 - low)
    mirrored = interval([[1 - v[0]] for v in values], SHARE)
    assert mirrored == pytest.approx((1 - high, 1 - low))


def test_without_an_upper_end_it_never_goes_below_zero():
    low, high = interval([[1.0], [9.0], [3.0], [20.0], [2.0]], POSITIVE)
    assert 0 < low < 7 < high
    # The edges are where the distance is t standard errors of a variance that grows as m ** 1.5.
    reach = 2.7764451 * np.std([1, 9, 3, 20, 2], ddof=1) / math.sqrt(5)
    for edge in (low, high):
        assert abs(edge - 7) == pytest.approx(reach * (edge / 7) ** 0.75, rel=1e-6)


def test_a_value_outside_the_range_does_without_it():
    values = [*VARIED, [1.2]]
    assert interval(values, SHARE) == interval(values, ANY)


@pytest.mark.parametrize("found", range(7))
def test_one_campaign_a_seed_has_the_exact_interval(found):
    exact = binomtest(found, 6).proportion_ci(0.95, method="exact")
    values = [[1.0]] * found + [[0.0]] * (6 - found)
    assert interval(values, HITS) == pytest.approx((exact.low, exact.high))


def test_what_chance_would_find_moves_it():
    # Chance takes 0.01 from each hit and 0.02 from what was not hit.
    low, high = interval([[0.99], [0.99], [0.99], [-0.02], [-0.02]], HITS)
    exact = binomtest(3, 5).proportion_ci(0.95, method="exact")
    assert (low, high) == pytest.approx((exact.low - 0.014, exact.high - 0.014))


def test_all_of_several_campaigns_found_on_every_seed():
    low, high = interval([[1.0, 1.0, 1.0]] * 5, HITS)
    assert (low, high) == pytest.approx((0.025 ** (1 / 5), 1.0))


def test_the_same_share_of_campaigns_on_every_seed():
    low, high = interval([[1.0, 0.0]] * 5, HITS)
    open_ = 0.025 ** (1 / 5)
    assert (low, high) == pytest.approx((0.5 * open_, 1 - 0.5 * open_))


def test_a_seed_weighs_the_same_however_many_campaigns_it_has():
    few = interval([[0.0] * 40, *([[1.0]] * 9)], HITS)
    assert few == interval([[0.0], *([[1.0]] * 9)], HITS)


def test_one_scenario_of_several_is_as_wide_as_its_share():
    noisy, still = VARIED, [[0.5]] * 6
    low, high = interval(noisy, ANY)
    mean = float(np.mean(noisy))
    both = mean_interval([noisy, still], [1, 3], ANY)
    assert both == pytest.approx((
        0.25 * mean + 0.375 - 0.25 * (mean - low), 0.25 * mean + 0.375 + 0.25 * (high - mean)
    ))  # fmt: skip


def test_every_scenario_needs_the_seeds():
    assert mean_interval([VARIED, VARIED[:4]], [1, 1], SHARE) is None


def test_degrees_of_freedom_add_up():
    # Two scenarios of equal variance and six seeds each: ten degrees, t = 2.2281.
    whole = mean_interval([VARIED, VARIED], [1, 1], ANY)
    error = np.std(VARIED, ddof=1) / math.sqrt(6) / math.sqrt(2)
    assert whole[1] - np.mean(VARIED) == pytest.approx(2.2281389 * error)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    st.lists(st.lists(st.floats(0, 1), min_size=1, max_size=3), min_size=FEWEST_SEEDS, max_size=8)
)
def test_holds_the_mean_and_stays_in_the_range(by_seed):
    bounds = interval(by_seed, SHARE)
    mean = float(np.mean([np.mean(v) for v in by_seed]))
    if bounds is not None:
        assert 0 <= bounds[0] <= mean + 1e-9
        assert mean - 1e-9 <= bounds[1] <= 1


@pytest.mark.parametrize("of_training", [0.0, 0.3])
def test_of_training_and_scored_seeds_by_the_textbook(of_training):
    training, seeds = 5, 6
    rng = np.random.default_rng(3)
    table = rng.normal(0, 1, (training, seeds)) + of_training * rng.normal(0, 10, (training, 1))
    rows, columns, whole = table.mean(axis=1), table.mean(axis=0), table.mean()
    rest = table - rows[:, None] - columns + whole
    free = training - 1, seeds - 1, (training - 1) * (seeds - 1)
    squares = (
        seeds * rows.var(ddof=1), training * columns.var(ddof=1), (rest**2).sum() / free[2]
    )  # fmt: skip
    parts = np.array(squares) / table.size
    if squares[0] <= squares[2]:
        # Training seeds show no variance of their own: that of scored seeds has all there is.
        variance, freedom = parts[1], free[1]
    else:
        variance = parts[0] + parts[1] - parts[2]
        freedom = variance**2 / np.sum(parts**2 / free)
    reach = stats.t.ppf(0.975, freedom) * variance**0.5
    low, high = fitted_interval([table[:, :, None].tolist()], [1.0])
    assert (low, high) == pytest.approx((whole - reach, whole + reach))


def test_hits_on_every_pair_count_as_many_times_as_there_are_seeds_of_the_fewer_kind():
    low, high = fitted_interval([[[[1.0]] * 10] * 5], [1.0], Support(hits=True))
    assert (low, high) == pytest.approx((0.025 ** (1 / 5), 1.0))
    low, high = fitted_interval([[[[0.0]] * 5] * 8], [1.0], Support(hits=True))
    assert (low, high) == pytest.approx((0.0, 1 - 0.025 ** (1 / 5)))


def test_four_training_seeds_have_no_interval():
    assert fitted_interval([[[[0.1], [0.3], [0.2], [0.5], [0.4]]] * 4], [1.0]) is None
    assert fitted_interval([[[[0.1], [0.3], [0.2], [0.5]]] * 5], [1.0]) is None
    assert fitted_interval([[[[0.1], [0.3], [0.2], [0.5], [0.4]]] * 5], [1.0]) is not None
