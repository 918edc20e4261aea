"""Communities in a forest: the odd one out among pairs of flatmates, and when it says nothing."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.detectors.base import NO_CLUSTER
from shamcrowd.detectors.groups.community_forest import CommunityForest
from shamcrowd.recording.samples import START, sample_log
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
from shamcrowd.recording.view import LogView

N = 80


@pytest.fixture
def log(changed):
    """Twenty flats of three, each with a device of its own, and a farm of twenty with two."""
    flat = np.arange(60) // 3
    device = np.r_[flat, 100 + np.arange(20) % 2]
    created = np.r_[flat * 2.0 + np.arange(60) % 3 * 0.1, 5 + np.arange(20) * 0.5]
    tables = sample_log().tables
    return changed(
        accounts={"device": device, "created": (START + created * MS_PER_HOUR).astype(int),
                  "organisation": [None] * N, "mailbox": tables["mailboxes"]["mailbox"],
                  "address": np.arange(N) + 50_000},
        requests=None, activity=None,
    )  # fmt: skip


def reviewed(log, days=3.0, **settings):
    found = CommunityForest(**settings).review(LogView(log, START + int(days * MS_PER_DAY)))
    order = {a: i for i, a in enumerate(found.account.tolist())}
    place = [order[a] for a in log.tables["accounts"]["account"].to_pylist()]
    return found.score[place], found.cluster[place], [found.reason[i] for i in place]


def test_the_farm_is_isolated_from_the_flats(log):
    score, cluster, reason = reviewed(log)
    assert score[60:].min() > score[:60].max()
    assert (cluster != NO_CLUSTER).all()
    assert all("in a community of 10 accounts" in r for r in reason[60:])
    assert all("in a community of 3 accounts" in r for r in reason[:60])


def test_before_the_warm_up_it_says_nothing(log):
    assert not reviewed(log, 1.99)[0].any()
    assert reviewed(log, 2.0)[0].all()
    assert reviewed(log, 1.9, warm_up_days=0.0)[0].any()


def test_a_few_communities_are_too_few(log):
    # Twenty flats and two halves of the farm.
    assert reviewed(log, fewest=22)[0].any()
    assert not reviewed(log, fewest=23)[0].any()


def test_equal_communities_are_equally_isolated(changed, log):
    score, _, _ = reviewed(log)
    flats = score[:60].reshape(20, 3)
    assert (flats == flats[:, :1]).all()
    assert np.ptp(flats) < 0.1
