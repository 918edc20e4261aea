"""Differences, their intervals and verdicts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.comparison.paired import (
    Stratum,
    difference,
    judged,
    measured,
    with_verdict,
)


def stratum(a, b):
    return Stratum([(np.array([x]), np.array([y])) for x, y in zip(a, b, strict=True)])


def test_a_common_swing_cancels():
    # Seeds differ wildly, B is always about 0.02 better: unpaired intervals would overlap.
    a = [0.1, 0.9, 0.3, 0.7, 0.5, 0.4]
    gain = [0.02, 0.021, 0.019, 0.02, 0.022, 0.018]
    found = difference([stratum(a, np.add(a, gain))], "higher")
    assert found.verdict == "better"
    assert (found.low, found.high) == pytest.approx((0.02, 0.02), abs=0.002)
    assert difference([stratum(a, np.subtract(a, gain))], "higher").verdict == "worse"


def test_the_same_difference_on_every_seed_has_a_verdict_and_no_interval():
    found = difference([stratum([0.1] * 6, [0.3] * 6)], "lower")
    assert (found.verdict, found.low, found.high, found.p) == ("worse", None, None, 2 / 2**6)


def test_five_seeds_have_an_interval_and_no_verdict():
    found = difference([stratum([0.1] * 5, [0.8, 0.9, 0.8, 0.9, 0.8])], "higher")
    assert found.low > 0
    assert (found.verdict, found.reason) == ("", "5 seeds; 6 are the least for a verdict")
    # Two scenarios of five are ten differences.
    other = Stratum(stratum([0.1] * 5, [0.8, 0.9, 0.8, 0.9, 0.8]).seeds, 1)
    assert difference([stratum([0.1] * 5, [0.9] * 5), other], "higher").verdict == "better"


def test_verdicts_hold_for_the_whole_table():
    rng = np.random.default_rng(3)
    weak = stratum([0.0] * 6, [0.1, 0.1, 0.1, 0.1, 0.1, 0.01])
    others = [stratum([0.0] * 6, rng.normal(0, 0.1, 6)) for _ in range(40)]
    assert difference([weak], "higher").verdict == "better"
    family = judged([measured([s], "higher") for s in (weak, *others)])
    assert family[0].p > difference([weak], "higher").p
    assert family[0].value == difference([weak], "higher").value


def test_chance_alone_cannot_tell():
    a, b = [0.4, 0.5, 0.6, 0.5, 0.5, 0.5], [0.5, 0.4, 0.5, 0.6, 0.52, 0.5]
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


def test_a_seed_counts_once_however_many_campaigns_it_has():
    # Seeds agree in the mean, campaigns do not: the seed is the unit.
    seeds = [(np.zeros(4), np.array([0.4, -0.2, 0.3, -0.3]))] * 6
    assert difference([Stratum(seeds)], "higher").p == 2 / 2**6


def test_weights_decide_what_is_tested():
    up, down = stratum([0.0] * 6, [0.3] * 6), Stratum(stratum([0.0] * 6, [-0.3] * 6).seeds, 1)
    assert difference([up, down], "higher", [5, 1]).verdict == "better"
    assert difference([up, down], "higher", [1, 1]).verdict == "cannot tell"
    assert difference([up, down], "higher", [1, 5]).verdict == "worse"


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=6, max_size=8))
def test_swapping_the_sides_mirrors_all(pairs):
    a, b = zip(*pairs, strict=True)
    one, other = (difference([stratum(*s)], "higher") for s in ((a, b), (b, a)))
    assert one.value == pytest.approx(-other.value)
    if one.low is not None:
        assert (one.low, one.high) == pytest.approx((-other.high, -other.low), abs=1e-9)
    mirror = {"better": "worse", "worse": "better", "cannot tell": "cannot tell"}
    assert one.verdict == mirror[other.verdict]


@pytest.mark.parametrize(("p", "verdict"), [(0.05, "better"), (0.0501, "cannot tell")])
def test_a_verdict_at_five_percent(p, verdict):
    found = measured([Stratum([(np.zeros(1), np.ones(1))] * 6)], "higher")
    assert with_verdict(found, p).verdict == verdict
