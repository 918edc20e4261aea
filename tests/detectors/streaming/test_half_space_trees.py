"""The odd one out is on top while the crowd arrives thinly; packed, it is the usual."""

import numpy as np
import pytest

from shamcrowd.detectors.streaming.half_space_trees import HalfSpaceTrees
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY


def test_idle_accounts_keep_their_score(changed, scores_at):
    log = sample_log(accounts=400)
    quiet = log.tables["accounts"].sort_by("created")["account"].to_pylist()[0]
    busy = log.tables["accounts"].sort_by("created")["account"].to_pylist()[1]
    whose = log.tables["requests"]["account"].to_numpy().copy()
    late = log.tables["requests"]["time"].cast("int64").to_numpy() > log.start + 2 * MS_PER_DAY
    whose[(whose == quiet) & late] = busy
    log = changed(log, requests={"account": whose})
    before = scores_at(HalfSpaceTrees, log, MS_PER_DAY, 2 * MS_PER_DAY)
    after = scores_at(HalfSpaceTrees, log, MS_PER_DAY, 2 * MS_PER_DAY, 3 * MS_PER_DAY)
    assert before[quiet] == after[quiet]
    assert sum(before[a] != after[a] for a in before) > 200


@pytest.mark.parametrize("packed", [False, True])
def test_packed_anomalies_are_the_usual(packed):
    rng = np.random.default_rng(5)
    usual = rng.normal(0.3, 0.05, (1500, 6))
    odd = rng.normal(0.9, 0.01, (1200 if packed else 12, 6))
    detector = HalfSpaceTrees()
    everyone = np.concatenate([usual, odd])
    detector._score = np.zeros(len(everyone))
    for _ in range(3):
        detector._take(np.arange(len(everyone)), everyone)
    rank = (detector._score[1500:, None] > detector._score[None, :1500]).mean()
    assert (rank > 0.9) != packed
