"""Fusion: signals add up, neighbours count, and labels help without being needed."""

import sys

import cloudpickle
import numpy as np
import pytest

from shamcrowd.detectors import check_detector
from shamcrowd.detectors.base import NO_CLUSTER, Labels
from shamcrowd.detectors.learned.fused import NAMED, PARTS, SIGNALS, FusedEvidence
from shamcrowd.detectors.learned.fusion import Fusion
from shamcrowd.detectors.learned.surprise import surprise
from shamcrowd.recording.errors import MissingExtraError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

DAY = MS_PER_DAY


def whole(log):
    return LogView(log, log.start + 3 * DAY)


def fitted(log=None, wrong=0):
    log = log or sample_log(seed=1)
    ids = log.tables["accounts"]["account"].to_numpy()
    sham = np.isin(ids, log.crowd[wrong:])
    detector = Fusion()
    detector.fit(whole(log), Labels(ids, sham))
    return detector


@pytest.mark.parametrize("make", [Fusion, fitted], ids=["unfitted", "fitted"])
def test_the_crowd_comes_first_and_is_grouped(make):
    log = sample_log()
    found = make().review(whole(log))
    crowd = np.isin(found.account, log.crowd)
    assert found.score[crowd].min() > found.score[~crowd].max()
    assert set(found.cluster[~crowd].tolist()) == {NO_CLUSTER}


def test_reasons_can_be_checked():
    log = sample_log()
    for detector in (Fusion(), fitted()):
        found = detector.review(whole(log))
        best = found.reason[int(found.score.argmax())]
        assert "accounts" in best
        assert np.isin(found.account[int(found.score.argmax())], log.crowd)
        assert best.count(";") >= 1


def test_it_keeps_the_rules_when_fitted():
    """Copies of one that was fitted, as the benchmark loads it; a second fit scores the same."""
    saved = cloudpickle.dumps(fitted())
    check_detector(lambda: cloudpickle.loads(saved))
    log = whole(sample_log())
    one, other = cloudpickle.loads(saved).review(log), fitted().review(log)
    np.testing.assert_array_equal(one.score, other.score)


def test_labels_that_miss_half_the_crowd_do_not_hide_it():
    log = sample_log()
    found = fitted(wrong=len(log.crowd) // 2).review(whole(log))
    crowd = np.isin(found.account, log.crowd)
    assert np.median(found.score[crowd]) > found.score[~crowd].max()


def test_evidence_that_needs_no_labels_counts_beside_what_was_learned(monkeypatch):
    log = sample_log()
    detector, unmoved = fitted(), fitted()
    found = detector.review(whole(log))
    monkeypatch.setattr("shamcrowd.detectors.learned.fusion.EVIDENCE", 0.0)
    learned = unmoved.review(whole(log))
    unfitted = Fusion().review(whole(log))
    np.testing.assert_allclose(found.score, learned.score + 0.03 * unfitted.score)


def test_labels_of_one_kind_teach_nothing():
    log = sample_log()
    ids = log.tables["accounts"]["account"].to_numpy()
    detector = Fusion()
    detector.fit(whole(log), Labels(ids, np.zeros(len(ids), np.bool_)))
    np.testing.assert_array_equal(
        detector.review(whole(log)).score, Fusion().review(whole(log)).score
    )


def test_surprise_is_a_valid_p_value_under_the_null():
    rng = np.random.default_rng(4)
    for score in (rng.normal(size=5000), rng.poisson(1, 5000).astype(float)):
        told = surprise(score)
        for tail in (0.5, 1, 2, 3):
            assert (told >= tail).mean() <= 10**-tail
    assert (surprise(rng.normal(size=5000)) >= 2).mean() == 0.01


def test_the_sum_is_of_all_signals_and_the_wider_one_adds_neighbours():
    log = sample_log()
    evidence = FusedEvidence()
    evidence.update(whole(log))
    table = evidence.table(whole(log).now)
    assert table.shape == (len(evidence.index), len(FusedEvidence.columns))
    each = table[:, len(NAMED) : len(NAMED) + len(SIGNALS)]
    total, wider = table[:, -2], table[:, -1]
    np.testing.assert_allclose(total, each.sum(axis=1))
    linked = np.diff(evidence.links.indptr) > 0
    assert linked[np.isin(evidence.index.ids, log.crowd)].all()
    assert (wider[linked] >= total[linked]).all()
    assert (wider[linked] > total[linked]).any()
    np.testing.assert_array_equal(wider[~linked], total[~linked])


def test_signals_speak_the_most_surprising_first():
    log = sample_log()
    evidence = FusedEvidence()
    evidence.update(whole(log))
    table = evidence.table(whole(log).now)
    place = int(table[:, -1].argmax())
    row = table[place].copy()
    row[len(NAMED) : len(NAMED) + len(SIGNALS)] = 0
    assert evidence.sentences(row, place) == []
    row[len(NAMED) + PARTS.index("shared-resources")] = 3
    (told,) = evidence.sentences(row, place)
    assert told.startswith("in a group of")
    row[len(NAMED) + PARTS.index("velocity")] = 4
    assert evidence.sentences(row, place)[1] == told


@pytest.mark.parametrize(("module", "extra"), [("lightgbm", "ml"), ("sknetwork", "graph")])
def test_without_an_extra_it_says_how_to_get_it(module, extra, monkeypatch):
    for name in [m for m in sys.modules if m.split(".")[0] == module]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"shamcrowd\[{extra}\]"):
        Fusion()
