"""ECOD finds the odd one out, and both outlier detectors miss clones."""

import numpy as np
import pytest
from sklearn.ensemble import IsolationForest as Forest
from sklearn.metrics import average_precision_score

from shamcrowd.detectors.outliers.ecod import Ecod, tails
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY


def test_waits_before_it_speaks(scores_at):
    assert set(scores_at(Ecod, sample_log(), 2 * MS_PER_DAY - 1).values()) == {0.0}
    assert min(scores_at(Ecod, sample_log(), 2 * MS_PER_DAY).values()) > 0.0


def test_the_odd_one_out_is_on_top(changed, scores_at):
    log = sample_log()
    odd = log.tables["requests"]["account"].to_pylist()[-1]
    whose = log.tables["requests"]["account"].to_numpy()
    tokens = np.where(whose == odd, 900_000, 100)
    status = np.where(whose == odd, 429, 200)
    log = changed(requests={"input_tokens": tokens, "output_tokens": tokens, "status": status})
    scores = scores_at(Ecod, log, 3 * MS_PER_DAY)
    assert scores[odd] >= np.quantile(list(scores.values()), 0.95)


@pytest.mark.parametrize(
    "score",
    [
        lambda table: tails(table).sum(axis=1),
        lambda table: -Forest(random_state=0).fit(table).score_samples(table),
    ],
    ids=["ecod", "isolation-forest"],
)
def test_clones_are_missed(score):
    # One in fifty accounts, all alike, half a standard deviation off: a tight crowd.
    rng = np.random.default_rng(2)
    table = rng.normal(size=(5000, 12))
    table[:100] = 0.5 + rng.normal(scale=0.01, size=(100, 12))
    sham = np.arange(5000) < 100
    assert average_precision_score(sham, score(table)) < 1.5 * sham.mean()
    # Scattered as widely as they are far, they are found: the test could fail.
    table[:100] = rng.normal(scale=4, size=(100, 12))
    assert average_precision_score(sham, score(table)) > 0.8
