"""Recall at fixed false-positive rates, its interval, and AUC."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from sklearn.metrics import roc_auc_score

from shamcrowd.benchmark.world_checks.audit.roc import Curves, recall_at


def curves_of(score, sham):
    sham = np.asarray(sham, float)
    return Curves.of(np.asarray(score, float), sham, 1 - sham)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=2, max_size=40))
def test_the_area_is_that_of_the_ranks(cells):
    score, sham = np.array([c[0] for c in cells]), np.array([c[1] for c in cells])
    expected = roc_auc_score(sham, score) if 0 < sham.sum() < len(sham) else 0.5
    assert curves_of(score, sham).auc() == pytest.approx(expected)


@pytest.mark.parametrize(
    ("allowed", "flagged"), [(0, 1), (0.5, 1), (1, 3), (2, 3.5), (3, 4), (9, 4)]
)
def test_equal_scores_are_flagged_in_part(allowed, flagged):
    """Scores 9 (sham), 8 (honest), 7 (two shams), 6 (a sham and two honest accounts)."""
    score, sham = [9, 8, 7, 7, 6, 6, 6], [1, 0, 1, 1, 1, 0, 0]
    assert curves_of(score, sham).flagged(np.array([allowed])) == flagged


def test_a_score_that_all_share_is_chance():
    sham = np.arange(1000) < 100
    curves = curves_of(np.zeros((1, 1000)), sham[None])
    assert recall_at(curves, 0.01).value == pytest.approx(0.01)
    assert curves.auc() == 0.5


def test_each_curve_has_its_own_threshold():
    score = np.array([[3.0, 2, 1, 0], [0.0, 1, 2, 3]])
    curves = curves_of(score, np.array([[1, 0, 0, 0]] * 2))
    assert curves.flagged(np.zeros((2, 1))).ravel().tolist() == [1, 0]
    assert curves.middles().tolist() == [[0, 0.5, 1.5, 2.5], [3, 2.5, 1.5, 0.5]]


@pytest.mark.parametrize("shift", [1, 2, 3])
@pytest.mark.parametrize(("honest", "rate"), [(2000, 0.01), (8000, 0.001)])
def test_the_interval_covers_about_95_percent(shift, honest, rate):
    """It counts both the few honest accounts at the threshold and the few sham ones."""
    rng = np.random.default_rng(shift)
    true = norm.sf(norm.isf(rate) - shift)
    runs, shams = 200, 40
    score = np.hstack([rng.normal(size=(runs, honest)), rng.normal(shift, size=(runs, shams))])
    found = recall_at(curves_of(score, np.tile(np.arange(honest + shams) >= honest, (runs, 1))),
                      rate)  # fmt: skip
    covered = (found.low <= true) & (true <= found.high)
    assert covered.mean() >= 0.91
    assert np.abs(found.value.mean() - true) < 0.05
    # It is no wider than it must be: the sham accounts alone leave this much.
    least = 2 * 1.96 * np.sqrt(true * (1 - true) / shams)
    assert (found.high - found.low).mean() < 2.2 * least + 0.06


def test_without_false_positives_only_the_sham_accounts_are_uncertain():
    sham = np.arange(5000) < 50
    score = sham.astype(float)
    found = recall_at(curves_of(score[None], sham[None]), 0.001)
    assert (found.value[0], found.high[0]) == (1, 1)
    assert 0.93 < found.low[0] < 0.97
