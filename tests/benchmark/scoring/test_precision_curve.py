"""The area under the precision-recall curve is that of scikit-learn, ties and weights included."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from shamcrowd.benchmark.scoring.precision_curve import average_precision


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("levels", [1, 3, 1000])
def test_as_in_scikit_learn(seed, levels):
    rng = np.random.default_rng(seed)
    sham = rng.random(200) < 0.1
    sham[0] = True
    score = rng.integers(0, levels, 200) / 7 + sham * rng.random()
    weight = rng.uniform(0.1, 2, 200)
    assert average_precision(sham, score) == pytest.approx(
        average_precision_score(sham, score), rel=1e-12
    )
    assert average_precision(sham, score, weight) == pytest.approx(
        average_precision_score(sham, score, sample_weight=weight), rel=1e-12
    )


def test_no_sum_is_above_one():
    sham = np.arange(3000) < 1001
    assert average_precision(sham, -np.arange(3000.0)) == 1.0
