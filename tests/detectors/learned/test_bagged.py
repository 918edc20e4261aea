"""Bagged trees: the mean of several, each fitted on both kinds, the same every time."""

import numpy as np
import pytest

from shamcrowd.detectors.features.table import Feature
from shamcrowd.detectors.learned.bagged import BAGS, BaggedTrees
from shamcrowd.detectors.learned.trees import Trees

COLUMNS = (Feature("noise", "the noise", "n", "things"), Feature("tell", "the tell", "n", "things"))


@pytest.fixture
def rows():
    rng = np.random.default_rng(3)
    table = rng.normal(size=(2000, 2))
    return table, table[:, 1] > 1.5


def test_finds_what_tells_and_says_so(rows):
    table, sham = rows
    trees = BaggedTrees(table, sham)
    odds = trees.log_odds(table)
    assert odds[sham].min() > odds[~sham].max()
    assert trees.reasons(table[[odds.argmax()]], COLUMNS)[0].startswith("the tell: ")
    np.testing.assert_array_equal(odds, BaggedTrees(table, sham).log_odds(table))


def test_labels_that_are_luck_count_for_less_than_with_one_set_of_trees():
    rng = np.random.default_rng(5)
    table, fresh = rng.normal(size=(3000, 6)), rng.normal(size=(3000, 6))
    sham = np.zeros(3000, np.bool_)
    sham[:30] = True
    one, many = (made(table, sham).log_odds(fresh) for made in (Trees, BaggedTrees))
    assert many.std() < 0.9 * one.std()


def test_one_of_a_kind_is_in_every_part():
    table = np.arange(40.0)[:, None]
    trees = BaggedTrees(table, np.arange(40) == 39)
    assert len(trees._trees) == BAGS
    assert np.isfinite(trees.log_odds(table)).all()


def test_what_may_only_rise_never_falls(rows):
    table, sham = rows
    odds = BaggedTrees(table, ~sham, rising=[1]).log_odds(
        np.column_stack([np.zeros(50), np.linspace(-3, 3, 50)])
    )
    assert (np.diff(odds) >= 0).all()
