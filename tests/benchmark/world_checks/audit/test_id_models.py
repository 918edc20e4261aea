"""The model on ids: at chance on noise, and not fooled by what accounts share."""

import numpy as np
import pytest

from shamcrowd.benchmark.world_checks.audit.id_models import out_of_fold
from shamcrowd.benchmark.world_checks.audit.ids import once
from shamcrowd.benchmark.world_checks.audit.separation import ranked, separate


def auc(scores, sham):
    return separate(ranked(scores, np.where(sham, 0, 1), 2).counts, 1).auc[0, 0]


@pytest.fixture
def ids():
    return np.random.default_rng(1).permutation(2**31 - 1 - np.arange(2000) * 1_000_003)[:1500]


def test_noise_tells_nothing(ids):
    sham = np.random.default_rng(2).random(len(ids)) < 0.1
    scores = out_of_fold(ids[:, None].astype(float), sham, ids)
    assert 0.4 < auc(scores, sham) < 0.6
    assert ((scores >= 0) & (scores <= 1)).all()


def test_a_band_is_found(ids):
    sham = (ids > 1_000_000_000) & (ids < 1_200_000_000)
    assert auc(out_of_fold(ids[:, None].astype(float), sham, ids), sham) > 0.95


def test_an_id_that_comes_twice_is_in_one_fold(ids):
    """Otherwise its twin in the training folds would give it away."""
    twice = np.repeat(ids[:400], 4)
    sham = np.repeat(np.random.default_rng(3).random(400) < 0.3, 4)
    scores = out_of_fold(twice[:, None].astype(float), sham, twice)
    assert 0.35 < auc(scores, sham) < 0.62


def test_one_side_alone(ids):
    assert (out_of_fold(ids[:, None], np.zeros(len(ids), bool), ids) == 0.5).all()


def test_an_id_counts_once_a_group():
    group = np.array([0, 0, 1, 1, 1])
    ids, holder = once(np.array([7, 7, 7, 3, -1]), np.arange(5), group)
    assert ids.tolist() == [3, 7, 7]
    assert group[holder].tolist() == [1, 0, 1]
