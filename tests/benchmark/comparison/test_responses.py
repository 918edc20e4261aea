"""Responses are compared with the first one, seed by seed, over the mean of the strategies."""

import pytest

from shamcrowd.benchmark.comparison.responses import COMPARED, compare_responses
from tests.benchmark.reports.closed_loop.conftest import policy_duel

ONE = [1.0, 1.2, 1.1, 0.9, 1.0, 1.3]
TWO = [2.0, 2.3, 2.0, 1.8, 2.1, 2.2]
NO_HARM = [[0.0] * 6] * 2


def contrast(duel, figure="deterrence-ratio"):
    return next(c for c in compare_responses(duel) if c.figure == figure)


def test_a_difference_is_paired_by_seed():
    found = contrast(policy_duel([ONE, TWO], NO_HARM))
    assert (found.detector, found.a, found.b) == ("linker", "at-once", "in-batches")
    assert found.difference.value == pytest.approx(sum(TWO) / 6 - sum(ONE) / 6)
    assert found.difference.low > 0.7
    # The worlds differ more than that; what they have in common cancels.
    assert found.difference.high < 1.3
    assert contrast(policy_duel([TWO, ONE], NO_HARM)).difference.value < 0


def test_a_verdict_needs_six_seeds_and_holds_for_the_table():
    assert contrast(policy_duel([ONE, TWO], NO_HARM)).difference.verdict == "better"
    five = policy_duel([ONE[:5], TWO[:5]], [[0.0] * 5] * 2)
    assert contrast(five).difference.verdict == ""
    assert contrast(five).difference.low is not None
    worse = policy_duel([ONE, ONE], [[0.0] * 6, [0.01, 0.02, 0.01, 0.03, 0.01, 0.02]])
    assert contrast(worse, "people-hurt").difference.verdict == "worse"


def test_strategies_of_one_seed_are_one_world_not_two():
    """Twice the same strategy says no more than once."""
    twice = contrast(policy_duel([ONE, TWO], NO_HARM, ("naive", "learning"))).difference
    once = contrast(policy_duel([ONE, TWO], NO_HARM, ("naive",))).difference
    assert (twice.low, twice.high, twice.p) == (once.low, once.high, once.p)


def test_what_was_not_measured_is_left_out():
    duel = policy_duel([ONE, [None] * 6], NO_HARM)
    assert {c.figure for c in compare_responses(duel)} == set(COMPARED) - {"deterrence-ratio"}
