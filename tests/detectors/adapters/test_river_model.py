"""River models are shown every active account once a review, scored before they learn."""

import sys

import numpy as np
import pytest

from shamcrowd.detectors import check_detector
from shamcrowd.detectors.adapters.river_model import RiverDetector, river_model
from shamcrowd.detectors.base import Labels
from shamcrowd.detectors.features.table import NAMES
from shamcrowd.recording.errors import MissingExtraError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, MS_PER_HOUR
from shamcrowd.recording.view import LogView

LOG = sample_log()
VIEW = LogView(LOG, LOG.start + 3 * MS_PER_DAY)


def trees():
    from river.anomaly import HalfSpaceTrees
    from river.preprocessing import MinMaxScaler

    return MinMaxScaler() | HalfSpaceTrees(seed=1, window_size=20)


def test_keeps_the_rules():
    check_detector(river_model(trees))


def watching(calls):
    from river.base import AnomalyDetector

    class Watching(AnomalyDetector):
        def score_one(self, x):
            calls.append(("score", x))
            return x["requests"]

        def learn_one(self, x):
            calls.append(("learn", x))

    return Watching()


def test_scores_before_it_learns_and_only_who_was_active():
    calls = []
    detector, since = RiverDetector(lambda: watching(calls)), EARLIEST
    for now in (LOG.start + 46 * MS_PER_HOUR, LOG.start + 2 * MS_PER_DAY):
        calls.clear()
        log = LogView(LOG, now, since)
        found = detector.review(log)
        active = log.new.requests(["account"])["account"].nunique()
        assert [kind for kind, _ in calls] == ["score", "learn"] * active
        assert all(x == y for (_, x), (_, y) in zip(calls[::2], calls[1::2], strict=True))
        since = now
    assert set(calls[0][1]) == {*NAMES, "clock"}
    assert calls[0][1]["clock"] == 48
    assert active < len(found.account)


def test_an_idle_account_keeps_its_score():
    detector = RiverDetector(lambda: watching([]))
    now = LOG.start + 2 * MS_PER_DAY
    first = detector.review(LogView(LOG, now))
    again = detector.review(LogView(LOG, now, now))
    assert np.array_equal(first.score, again.score)
    assert first.score.any()


def test_a_classifier_learns_from_labels_only():
    from river.naive_bayes import GaussianNB

    detector = RiverDetector(GaussianNB)
    assert set(detector.review(VIEW).score) == {0.5}
    accounts = VIEW.accounts()["account"].to_numpy()
    detector = RiverDetector(GaussianNB)
    detector.fit(VIEW, Labels(accounts, np.isin(accounts, LOG.crowd)))
    other = sample_log(seed=5)
    found = detector.review(LogView(other, other.start + 3 * MS_PER_DAY))
    crowd = np.isin(found.account, other.crowd)
    assert found.score[crowd].mean() > found.score[~crowd].mean() + 0.4


def test_other_models_are_refused():
    from river.cluster import KMeans

    with pytest.raises(TypeError, match="KMeans is neither"):
        RiverDetector(KMeans)


def test_without_river_it_is_unavailable(monkeypatch):
    monkeypatch.setitem(sys.modules, "river", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'shamcrowd\[ml\]'"):
        RiverDetector(trees)
