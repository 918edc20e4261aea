"""The isolation forest: silent at first, then the odd one out is on top."""

import numpy as np

from shamcrowd.detectors.outliers.isolation_forest import IsolationForest
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY


def test_waits_before_it_speaks(scores_at):
    assert set(scores_at(IsolationForest, sample_log(), 2 * MS_PER_DAY - 1).values()) == {0.0}
    assert min(scores_at(IsolationForest, sample_log(), 2 * MS_PER_DAY).values()) > 0.0


def test_the_odd_one_out_is_on_top(changed, scores_at):
    log = sample_log()
    odd = log.tables["requests"]["account"].to_pylist()[-1]
    whose = log.tables["requests"]["account"].to_numpy()
    tokens = np.where(whose == odd, 900_000, 100)
    log = changed(requests={"input_tokens": tokens, "output_tokens": tokens})
    scores = scores_at(IsolationForest, log, 3 * MS_PER_DAY)
    assert scores[odd] == max(scores.values())
