"""Ranks and tests against tables done by hand and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare, wilcoxon

from shamcrowd.benchmark.comparison.ranking import Ranking, holm, rank, signed_rank
from shamcrowd.benchmark.reports.comparison.formats import ranks


def test_holm_by_hand():
    # Sorted .005 .01 .03 .04 times 4 3 2 1: .02 .03 .06 .04, and never falling: .06.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([]) == []


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=10))
def test_holm_holds_what_it_must(p):
    adjusted = holm(p)
    assert all(q <= a <= 1 for q, a in zip(p, adjusted, strict=True))
    assert all(a <= min(len(p) * q, 1) + 1e-12 for q, a in zip(p, adjusted, strict=True))
    order = np.argsort(p, kind="stable")
    assert (np.diff(np.array(adjusted)[order]) >= 0).all()


def test_signed_rank_is_scipys():
    found = np.array([0.1, -0.2, 0.35, 0.4, 0.5, -0.05, 0.7])
    assert signed_rank(found) == wilcoxon(found).pvalue
    # By hand: six positive of six, 2 / 2^6.
    assert signed_rank(np.arange(1.0, 7)) == 2 / 64


def test_signed_rank_of_too_few_and_of_none():
    assert signed_rank(np.arange(1.0, 6)) is None
    assert signed_rank(np.zeros(9)) == 1.0
    assert signed_rank(np.full(9, 1e-16)) == 1.0


VALUES = {
    "good": [0.9, 0.8, 0.85, 0.9, 0.95, 0.7, 0.8, 0.9],
    "bad": [0.1, 0.2, 0.15, 0.1, 0.2, 0.1, 0.3, 0.2],
    "poor": [0.2, 0.1, 0.1, 0.2, 0.15, 0.2, 0.2, 0.3],
}


def test_ranks_tests_and_groups():
    found = rank(VALUES, "higher", 5)
    assert found.ranks == {"good": 1.0, "bad": 2.5, "poor": 2.5}
    assert found.friedman == pytest.approx(friedmanchisquare(*VALUES.values()).pvalue)
    # Eight of eight: 2 / 2^8, twice among three pairs: three times that.
    assert found.pairs["good", "bad"] == pytest.approx(3 * 2 / 256)
    assert found.pairs["bad", "poor"] > 0.05
    assert found.alike == (("bad", "poor"),)


def test_lower_is_better_turns_it_round():
    assert list(rank(VALUES, "lower", 5).ranks)[-1] == "good"


def test_ties_share_their_ranks():
    assert rank({"a": [0.5, 0.5], "b": [0.5, 0.5]}, "higher", 5).ranks == {"a": 1.5, "b": 1.5}


def test_equal_throughout_is_no_difference():
    found = rank({n: [0.5] * 7 for n in "abc"}, "higher", 5)
    assert found.alike == (("a", "b", "c"),)


def test_no_ranking_below_the_minimum_of_seeds():
    found = rank(VALUES, "higher", 4)
    assert found.ranks == {}
    assert found.reason == "no ranking: 4 seeds, 5 are the least"


def test_ranks_but_no_tests_on_few_scenarios():
    found = rank({n: v[:5] for n, v in VALUES.items()}, "higher", 5)
    assert next(iter(found.ranks)) == "good"
    assert found.pairs is None
    assert found.reason == "no tests: 5 scenarios, 6 are the least"


def test_one_detector_or_scenario():
    assert "two detectors" in rank({"a": [1.0, 2.0]}, "higher", 5).reason
    assert "two scenarios" in rank({"a": [1.0], "b": [2.0]}, "higher", 5).reason


def test_nobody_to_rank():
    ranking = rank({}, "higher", 5)
    assert ranking.ranks == {}
    assert ranking.reason == "no ranking: no detector was measured in every scenario"


@pytest.mark.parametrize(("p", "said"), [(0.0213, "p = 0.021"), (1e-9, "p < 0.001")])
def test_no_p_value_is_said_to_be_zero(p, said):
    assert said in ranks(Ranking({"one": 1.0, "two": 2.0}, 9, friedman=p))
