"""The pair of boosted detectors, fitted on another seed."""

import sys

import numpy as np
import pytest

from shamcrowd.detectors import check_detector
from shamcrowd.detectors.base import Labels
from shamcrowd.detectors.learned.boosted_neighbours import BoostedNeighbours
from shamcrowd.detectors.learned.boosted_trees import BoostedTrees
from shamcrowd.recording.errors import MissingExtraError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

PAIR = [BoostedTrees, BoostedNeighbours]


def whole(log):
    return LogView(log, log.start + 3 * MS_PER_DAY)


def fitted(make, log=None):
    log = log or sample_log(seed=1)
    ids = log.tables["accounts"]["account"].to_numpy()
    detector = make()
    detector.fit(whole(log), Labels(ids, np.isin(ids, log.crowd)))
    return detector


@pytest.mark.parametrize("make", PAIR)
def test_the_crowd_of_another_seed_is_known(make):
    log = sample_log()
    found = fitted(make).review(whole(log))
    crowd = np.isin(found.account, log.crowd)
    assert found.score[crowd].min() > found.score[~crowd].max()
    top = [r for r, s in zip(found.reason, found.score, strict=True) if s == found.score.max()]
    assert "accounts" in top[0]


@pytest.mark.parametrize("make", PAIR)
def test_it_keeps_the_rules_when_fitted(make):
    check_detector(lambda: fitted(make))


@pytest.mark.parametrize("make", PAIR)
def test_unfitted_it_scores_nothing(make):
    log = sample_log()
    assert set(make().review(whole(log)).score.tolist()) == {0.0}
    ids = log.tables["accounts"]["account"].to_numpy()
    detector = make()
    detector.fit(whole(log), Labels(ids, np.zeros(len(ids), np.bool_)))
    assert set(detector.review(whole(log)).score.tolist()) == {0.0}


def alone(log, changed):
    """The log with a device, card and address for every account."""
    n = log.tables["accounts"].num_rows
    account = log.tables["accounts"]["account"].to_numpy()
    of = dict(zip(account.tolist(), range(n), strict=True))
    by = {
        t: [of[a] for a in log.tables[t]["account"].to_pylist()] for t in ("activity", "requests")
    }
    return changed(
        log,
        accounts={"device": np.arange(n), "address": np.arange(n)},
        activity={"device": by["activity"], "card": by["activity"], "address": by["activity"]},
        requests={"address": by["requests"]},
    )


def test_without_an_edge_neighbours_change_nothing(changed):
    first, second = (alone(sample_log(seed=s), changed) for s in (1, 0))
    plain, linked = (fitted(make, first).review(whole(second)).score for make in PAIR)
    np.testing.assert_array_equal(plain, linked)
    # With edges they do: the test could fail.
    linked = fitted(BoostedNeighbours).review(whole(sample_log())).score
    assert not np.array_equal(fitted(BoostedTrees).review(whole(sample_log())).score, linked)


@pytest.mark.parametrize("make", PAIR)
def test_without_lightgbm_it_says_how_to_get_it(make, monkeypatch):
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(MissingExtraError, match=r"shamcrowd\[ml\]"):
        make()
