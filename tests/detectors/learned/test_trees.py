"""Trees find what tells, say what it was, and keep to what may only rise."""

import numpy as np
import pytest

from shamcrowd.detectors.features.table import Feature
from shamcrowd.detectors.learned.trees import Trees

COLUMNS = tuple(Feature(n, f"the {n}", "number", "entities") for n in ("noise", "tell", "flat"))
LOGGED = (COLUMNS[0], Feature("tell", "devices", "log(1 + devices)", "log devices"), COLUMNS[2])


@pytest.fixture
def rows():
    rng = np.random.default_rng(3)
    table = np.column_stack([rng.normal(size=(2000, 2)), np.ones(2000)])
    return table, table[:, 1] > 1.5


def test_finds_what_tells_and_says_so(rows):
    table, sham = rows
    trees = Trees(table, sham)
    odds = trees.log_odds(table)
    assert odds[sham].min() > 0 > odds[~sham].max()
    top = table[[odds.argmax()]]
    (reason,) = trees.reasons(top, COLUMNS)
    assert reason.startswith("the tell: ")
    assert "(usually -0." in reason
    assert "flat" not in reason


def test_logarithms_are_undone(rows):
    table, sham = rows
    trees = Trees(np.log1p(np.abs(table)), sham)
    (reason,) = trees.reasons(np.log1p(np.array([[0.0, 9.0, 1.0]])), LOGGED)
    assert "devices: 9 (usually" in reason


def test_columns_that_do_not_vary_change_nothing(rows):
    table, sham = rows
    idle = np.column_stack([np.full(2000, np.nan), table, np.zeros(2000)])
    np.testing.assert_array_equal(
        Trees(table, sham).log_odds(table), Trees(idle, sham).log_odds(idle)
    )


def test_missing_values_are_told_as_none(rows):
    table, sham = rows
    table = table.copy()
    table[sham, 0] = np.nan
    (reason,) = Trees(table, sham).reasons(np.array([[np.nan, 2.5, 1.0]]), COLUMNS)
    assert "the noise: none" in reason


def test_what_may_only_rise_never_falls(rows):
    table, sham = rows
    # Examples that say the opposite.
    trees = Trees(table, ~sham, rising=[1])
    line = np.column_stack([np.zeros(50), np.linspace(-3, 3, 50), np.ones(50)])
    assert (np.diff(trees.log_odds(line)) >= 0).all()
    assert (np.diff(Trees(table, ~sham).log_odds(line)) < 0).any()


def test_the_same_examples_make_the_same_trees(rows):
    table, sham = rows
    one, other = (Trees(table, sham).log_odds(table) for _ in range(2))
    np.testing.assert_array_equal(one, other)
