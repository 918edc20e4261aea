"""Verdicts on detectors that were fitted on several training seeds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from shamcrowd.benchmark.comparison.paired import Stratum, difference, judged, measured
from shamcrowd.benchmark.comparison.sign_flips import LEVEL
from shamcrowd.benchmark.comparison.training_seeds import (
    FittedContrast,
    fitted_contrast,
    fitted_p,
)


def stratum(table, number=0):
    """Differences from 0 by training seed and scored seed."""
    means = table.mean(axis=0)
    return Stratum([(np.zeros(1), np.array([m])) for m in means], number, by_training=table)


@pytest.mark.parametrize("training", [5, 8])
def test_one_contrast_without_other_variance_is_students_test(training):
    values = np.random.default_rng(training).normal(0.6, 1, training)
    expected = ttest_1samp(values, 0).pvalue
    assert fitted_p([FittedContrast(values, 0.0, 0.0)])[0] == pytest.approx(expected, abs=0.02)


def test_variance_between_scored_seeds_counts_too():
    values = np.array([0.5, 0.4, 0.6, 0.5, 0.5])
    alone, both = (fitted_p([FittedContrast(values, v, 0.0)])[0] for v in (0.0, 0.06))
    assert alone < LEVEL < both


def test_what_pairs_have_on_their_own_counts_once():
    rng = np.random.default_rng(1)
    one = fitted_contrast([rng.normal(0, 1, (5, 400))], [1.0])
    assert one.own == pytest.approx(1 / 2000, rel=0.1)
    assert one.seeds == pytest.approx(one.own, rel=0.3)


def test_contrasts_are_weighted():
    table = np.random.default_rng(2).normal(0, 1, (5, 6))
    whole, half = (fitted_contrast([table], [w]) for w in (1.0, 0.5))
    assert half.by_training == pytest.approx(whole.by_training / 2)
    assert (half.seeds, half.own) == pytest.approx((whole.seeds / 4, whole.own / 4))


def test_no_p_value_is_zero():
    # The observed pattern is one of those that are as extreme.
    assert fitted_p([FittedContrast(np.ones(5), 0.0, 0.0)]) == [1 / 2000]


def test_no_difference_at_all():
    assert fitted_p([FittedContrast(np.zeros(5), 0.0, 0.0)]) == [1.0]
    assert fitted_p([]) == []


def test_four_training_seeds_give_no_verdict():
    said = difference([stratum(np.full((4, 8), 0.3))], "higher")
    assert (said.verdict, said.reason) == (
        "", "4 training seeds; 5 are the least for a verdict"
    )  # fmt: skip
    rng = np.random.default_rng(3)
    assert difference([stratum(0.3 + rng.normal(0, 0.01, (5, 8)))], "higher").verdict == "better"


def test_a_difference_that_hangs_on_the_training_seed_is_none():
    # Every scored seed agrees, so that the flips of signs alone would see a difference.
    table = np.repeat([[0.6], [0.1], [0.0], [0.3], [-0.1]], 10, axis=1)
    assert difference([stratum(table)], "higher").verdict == "cannot tell"
    means = [(np.zeros(1), np.array([m])) for m in table.mean(axis=0)]
    assert difference([Stratum(means)], "higher").verdict == "better"


def test_a_difference_that_hangs_on_the_scored_seed_is_none():
    table = np.repeat([[0.6, 0.1, 0.0, 0.3, -0.1, -0.4, 0.5, -0.3]], 5, axis=0)
    assert difference([stratum(table)], "higher").verdict == "cannot tell"


@pytest.mark.parametrize("of_training", [0.02, 0.1])
@pytest.mark.parametrize("seeds", [6, 10])
def test_false_verdicts_over_a_table_with_fitted_rows(seeds, of_training):
    # Four rows were fitted, on the same training seeds, and four were not.
    rng = np.random.default_rng(4)
    tries, wrong = 300, 0
    for _ in range(tries):
        table = rng.normal(0, 0.05, (1, seeds, 8)) + np.zeros((5, 1, 1))
        fitted = rng.normal(0, of_training, (5, 1, 4)) + rng.normal(0, 0.03, (5, seeds, 4))
        rows = [stratum(table[:, :, n] + fitted[:, :, n]) for n in range(4)]
        rows += [
            Stratum([(np.zeros(1), np.array([v])) for v in table[0, :, n]]) for n in range(4, 8)
        ]
        said = judged([measured([row], "higher") for row in rows])
        wrong += any(one.verdict in ("better", "worse") for one in said)
    assert wrong / tries <= LEVEL + 2 * (LEVEL * (1 - LEVEL) / tries) ** 0.5


def test_it_finds_what_is_there():
    rng = np.random.default_rng(5)
    found = 0
    for _ in range(50):
        rows = [rng.normal(0, 0.05, (5, 1)) + rng.normal(0, 0.05, (5, 10)) for _ in range(8)]
        rows[0] = rows[0] + 0.4
        found += judged([measured([stratum(row)], "higher") for row in rows])[0].verdict == "better"
    assert found >= 45
