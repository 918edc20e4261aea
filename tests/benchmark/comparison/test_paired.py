"""Differences, their intervals and verdicts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.comparison.paired import Stratum, difference


def stratum(a, b):
    return Stratum([(np.array([x]), np.array([y])) for x, y in zip(a, b, strict=True)])


def test_a_common_swing_cancels():
    # Seeds differ wildly, B is always 0.02 better: unpaired intervals would overlap.
    a = [0.1, 0.9, 0.3, 0.7, 0.5]
    found = difference([stratum(a, [x + 0.02 for x in a])], "higher")
    assert found.verdict == "better"
    assert (found.low, found.high) == pytest.approx((0.02, 0.02))
    assert difference([stratum(a, [x - 0.02 for x in a])], "higher").verdict == "worse"


def test_chance_alone_cannot_tell():
    a, b = [0.4, 0.5, 0.6, 0.5, 0.5], [0.5, 0.4, 0.5, 0.6, 0.52]
    found = difference([stratum(a, b)], "higher")
    assert found.verdict == "cannot tell"
    assert found.low < 0 < found.high


def test_below_the_minimum_of_seeds_there_is_no_verdict():
    found = difference([stratum([0.1] * 5, [0.9] * 5), stratum([0.1] * 2, [0.9] * 2)], "higher")
    assert (found.verdict, found.low, found.high) == ("", None, None)
    assert found.value == pytest.approx(0.8)
    assert found.reason == "2 seeds; 5 are the least for a verdict"


def test_scenarios_weigh_as_told():
    one, other = stratum([0.0] * 5, [1.0] * 5), stratum([0.5] * 5, [0.5] * 5)
    found = difference([one, other], "higher", [3, 1])
    assert (found.a, found.b, found.value) == pytest.approx((0.125, 0.875, 0.75))


def test_campaigns_are_drawn_within_a_seed():
    # Seeds agree in the mean, campaigns do not: only drawing campaigns shows it.
    seeds = [(np.zeros(4), np.array([0.4, -0.2, 0.3, -0.3]))] * 6
    found = difference([Stratum(seeds)], "higher")
    assert found.high - found.low > 0.1


def test_the_interval_covers_as_often_as_it_says():
    rng = np.random.default_rng(2)
    inside = 0
    for _ in range(200):
        shift = rng.normal(0.1, 0.2, 20)
        found = difference([stratum([0.0] * 20, shift)], "higher")
        inside += found.low <= 0.1 <= found.high
    # 95 % in the limit; a percentile interval of twenty seeds is a little short.
    assert 175 <= inside <= 199


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=5, max_size=8))
def test_swapping_the_sides_mirrors_all(pairs):
    a, b = zip(*pairs, strict=True)
    one, other = (difference([stratum(*s)], "higher") for s in ((a, b), (b, a)))
    assert one.value == pytest.approx(-other.value)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low), abs=1e-9)
    mirror = {"better": "worse", "worse": "better", "cannot tell": "cannot tell"}
    assert one.verdict == mirror[other.verdict]
