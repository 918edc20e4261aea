"""The test of many paired differences: p-values, and how often it finds what is not there."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import permutation_test

from shamcrowd.benchmark.comparison.sign_flips import (
    DRAWN,
    EXACT,
    FEWEST_DIFFERENCES,
    LEVEL,
    adjusted_p,
    family_p,
)


def contrast(values, scenario=0):
    return {(scenario, seed): float(v) for seed, v in enumerate(values)}


@pytest.mark.parametrize("seeds", [FEWEST_DIFFERENCES, 9, EXACT])
def test_one_contrast_is_the_exact_test_of_signs(seeds):
    values = np.random.default_rng(seeds).normal(0.5, 1, seeds)
    zeros = np.zeros(seeds)
    expected = permutation_test(
        (values, zeros), lambda x, y, axis: (x - y).mean(axis=axis), permutation_type="samples",
        n_resamples=np.inf, vectorized=True,
    ).pvalue  # fmt: skip
    assert adjusted_p([contrast(values)]) == [pytest.approx(expected)]


def test_five_flips_say_what_the_test_of_signs_says():
    assert adjusted_p([contrast([1, 1, 1, 0, 0])]) == [0.25]


def test_many_seeds_are_drawn_and_the_same_each_time():
    values = np.random.default_rng(1).normal(0.2, 1, 40)
    first, again = (adjusted_p([contrast(values)]) for _ in range(2))
    assert first == again
    assert adjusted_p([contrast(np.ones(40))]) == [1 / (DRAWN + 1)]


def test_no_difference_at_all():
    assert adjusted_p([contrast([0.0] * 8), contrast([1.0] * 8)]) == [1.0, 2 / 2**8]


def test_more_contrasts_make_each_p_no_smaller():
    rng = np.random.default_rng(2)
    some = [contrast(rng.normal(0.8, 1, 8)) for _ in range(6)]
    alone = [adjusted_p([c])[0] for c in some]
    together = adjusted_p(some)
    assert all(t >= a for t, a in zip(together, alone, strict=True))
    assert sum(together) > sum(alone)


def test_the_same_world_keeps_its_sign_in_all_contrasts():
    # Twice the same contrast is one: nothing to adjust for.
    values = np.random.default_rng(3).normal(0.8, 1, 8)
    assert (
        adjusted_p([contrast(values), contrast(values * 3)]) == adjusted_p([contrast(values)]) * 2
    )


def test_tables_are_one_family():
    rng = np.random.default_rng(4)
    one, other = rng.normal(1, 1, (8, 3)), rng.normal(0, 1, (8, 2))
    assert family_p([one, other]) == family_p([np.hstack([one, other])])
    assert family_p([one, np.zeros((8, 0))]) == family_p([one])


SHAPES = {
    "normal": lambda rng, size: rng.normal(0, 0.1, size) - rng.normal(0, 0.1, size),
    "low recall": lambda rng, size: rng.beta(1, 19, size) - rng.beta(1, 19, size),
    "found or not": lambda rng, size: rng.binomial(1, 0.5, size) - rng.binomial(1, 0.5, size),
}


@pytest.mark.parametrize("seeds", [FEWEST_DIFFERENCES, 10, 20])
@pytest.mark.parametrize("shape", SHAPES)
def test_false_verdicts_over_a_whole_table_are_as_rare_as_it_says(shape, seeds):
    rng = np.random.default_rng(5)
    tries = 300
    wrong = 0
    for _ in range(tries):
        table = SHAPES[shape](rng, (seeds, 12)).astype(float)
        wrong += min(family_p([table])) <= LEVEL
    assert wrong / tries <= LEVEL + 2 * (LEVEL * (1 - LEVEL) / tries) ** 0.5


@pytest.mark.parametrize("seeds", [10, 20])
def test_it_finds_what_is_there(seeds):
    rng = np.random.default_rng(6)
    found = 0
    for _ in range(50):
        table = rng.normal(0, 0.1, (seeds, 12))
        table[:, 0] += 0.25
        found += family_p([table])[0] <= LEVEL
    assert found >= 45
