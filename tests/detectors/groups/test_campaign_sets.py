"""Sets of accounts: the planted crowd, its score by the formula, the largest set, a null world."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.detectors.base import NO_CLUSTER
from shamcrowd.detectors.groups.campaign_sets import CampaignSets
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY
from shamcrowd.recording.view import LogView


def test_the_planted_crowd_is_one_set():
    log = sample_log()
    found = CampaignSets().review(LogView(log, log.start + 3 * MS_PER_DAY))
    crowd = np.isin(found.account, log.crowd)
    assert found.score[crowd].min() > found.score[~crowd].max()
    assert len(set(found.cluster[crowd].tolist())) == 1
    assert (found.cluster[~crowd] == NO_CLUSTER).all()
    assert all("set of 12 accounts linked by device" in found.reason[i]
               for i in np.flatnonzero(crowd))  # fmt: skip


def test_all_of_a_set_have_its_score():
    log = sample_log()
    found = CampaignSets(most=4).review(LogView(log, log.start + 3 * MS_PER_DAY))
    for number in set(found.cluster.tolist()) - {NO_CLUSTER}:
        assert len(set(found.score[found.cluster == number].tolist())) == 1
    assert not found.score[found.cluster == NO_CLUSTER].any()


def test_in_the_null_world_there_are_no_sets(changed):
    own = np.arange(80)
    tables = sample_log().tables
    null = changed(
        accounts={"device": own, "address": own + 500, "organisation": [None] * 80,
                  "mailbox": tables["mailboxes"]["mailbox"]},
        requests=None, activity=None,
    )  # fmt: skip
    found = CampaignSets().review(LogView(null, null.start + 3 * MS_PER_DAY))
    assert not found.score.any()


def test_many_reviews_end_where_one_does():
    log = sample_log()
    scores = []
    for days in ([3], np.arange(1, 13) / 4):
        detector, since = CampaignSets(), EARLIEST
        for day in days:
            now = log.start + int(day * MS_PER_DAY)
            found, since = detector.review(LogView(log, now, since)), now
        scores.append(dict(zip(found.account.tolist(), found.score.tolist(), strict=True)))
    assert scores[0] == pytest.approx(scores[1])


def test_a_set_of_fewer_than_three_is_refused():
    with pytest.raises(DetectorError, match="most of 2"):
        CampaignSets(most=2)
