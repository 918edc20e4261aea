"""Fusion: witnesses in one order, reasons that are theirs, groups of likely accounts."""

import numpy as np
import pytest

from detectors.base import NO_CLUSTER
from detectors.fusion.fusion import Fusion, grouped
from detectors.fusion.witnesses import WITNESSES, Witnesses
from detectors.registry import is_control, is_shipped, load_detector
from recording.errors import DetectorError
from recording.samples import MS_PER_DAY, sample_log
from recording.view import LogView


def test_witnesses_are_detectors_of_the_house():
    assert all(is_shipped(name) and not is_control(name) for name in WITNESSES)


def test_evidence_is_what_the_witnesses_say():
    log = sample_log(2)
    now = log.start + 3 * MS_PER_DAY
    witnesses = Witnesses()
    witnesses.update(LogView(log, now))
    table = witnesses.table(now)
    for column, name in enumerate(WITNESSES):
        found = load_detector(name)().review(LogView(log, now))
        score = dict(zip(found.account.tolist(), found.score.tolist(), strict=True))
        said = dict(zip(witnesses.index.ids.tolist(), table[:, column].tolist(), strict=True))
        assert said == pytest.approx(score), name
        if found.reason is not None:
            first = int(found.account[0])
            row = witnesses.index.ids.tolist().index(first)
            assert witnesses.reason(column, row) == found.reason[0]


def test_the_crowd_is_found_grouped_and_explained(lesson):
    detector = Fusion()
    detector.fit(*lesson())
    log = sample_log(2)
    found = detector.review(LogView(log, log.start + 3 * MS_PER_DAY))
    crowd = np.isin(found.account, log.crowd)
    assert np.median(found.score[crowd]) > found.score[~crowd].max()
    assert len(set(found.cluster[crowd & (found.cluster != NO_CLUSTER)].tolist())) == 1
    caught = np.flatnonzero(crowd & (found.score > 0))
    assert len(caught) > 5
    assert all(found.reason[i] for i in caught)


def test_it_must_learn_first():
    log = sample_log()
    with pytest.raises(DetectorError, match="fusion has learned nothing"):
        Fusion().review(LogView(log, log.start + MS_PER_DAY))


def test_groups_of_two_are_none():
    cluster = np.array([3, 3, -1, 5, 5, 5])
    likely = np.array([True, True, True, True, True, False])
    assert grouped([cluster], likely).tolist() == [NO_CLUSTER] * 6
    whole = grouped([cluster], np.ones(6, bool))
    assert (whole[:3] == NO_CLUSTER).all()
    assert len(set(whole[3:].tolist())) == 1
