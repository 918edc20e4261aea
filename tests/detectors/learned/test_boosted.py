"""Boosted trees, alone and with neighbours."""

import numpy as np
import pytest

from detectors.base import Labels
from detectors.features.table import NAMES
from detectors.learned.account_table import USED, AccountTable
from detectors.learned.boosted_neighbours import BoostedNeighbours
from detectors.learned.boosted_trees import BoostedTrees
from detectors.learned.neighbour_table import NeighbourTable, neighbour_means
from recording.errors import DetectorError
from recording.samples import MS_PER_DAY, sample_log
from recording.view import LogView

BOTH = pytest.mark.parametrize("kind", [BoostedTrees, BoostedNeighbours])


@BOTH
def test_finds_the_crowd_of_another_seed(kind, lesson):
    detector = kind()
    detector.fit(*lesson())
    log = sample_log(2)
    found = detector.review(LogView(log, log.start + 3 * MS_PER_DAY))
    crowd = np.isin(found.account, log.crowd)
    assert np.median(found.score[crowd]) > found.score[~crowd].max()
    told = [reason for reason, flag in zip(found.reason, crowd, strict=True) if flag and reason]
    assert told
    assert all(": " in reason for reason in told)


@BOTH
def test_wrong_labels_teach_the_wrong_thing(kind, lesson):
    """It learns from labels, not from anything that it knew before."""
    view, labels = lesson()
    lots = np.random.default_rng(0).permutation(labels.sham)
    detector = kind()
    detector.fit(view, Labels(labels.account, lots))
    log = sample_log(2)
    found = detector.review(LogView(log, log.start + 3 * MS_PER_DAY))
    crowd = np.isin(found.account, log.crowd)
    assert np.median(found.score[crowd]) < found.score[~crowd].max()


@BOTH
def test_is_refused_before_it_has_learned(kind):
    log = sample_log()
    with pytest.raises(DetectorError, match=r"has learned nothing: call fit"):
        kind().review(LogView(log, log.start + MS_PER_DAY))


@BOTH
@pytest.mark.parametrize("sham", [True, False])
def test_labels_of_one_kind_teach_nothing(kind, sham, lesson):
    """As on a platform without abuse: it says nothing, and does not fail."""
    view, labels = lesson()
    detector = kind()
    detector.fit(view, Labels(labels.account, np.full(len(labels.account), sham)))
    assert not detector.review(view).score.any()


def test_dates_of_sign_up_are_not_used():
    used = {NAMES[i] for i in USED}
    assert "requests" in used
    assert not used & {"age", "domain_day"}


def test_without_links_it_is_the_plain_one(lesson, changed):
    """Everybody with things of his own: no neighbour, the same scores to the last digit."""

    def apart(seed):
        log = sample_log(seed)
        count = log.tables["accounts"].num_rows
        place = {a: i for i, a in enumerate(log.tables["accounts"].column("account").to_pylist())}
        who = [place[a] for a in log.tables["requests"].column("account").to_pylist()]
        acts = [place[a] for a in log.tables["activity"].column("account").to_pylist()]
        own = np.arange(count)
        return changed(
            log,
            accounts={"device": own, "address": own},
            requests={"address": own[who]},
            activity={"device": own[acts], "card": own[acts], "address": own[acts]},
            mailboxes={
                "local": [f"{'x' * (i + 1)}" for i in range(log.tables["mailboxes"].num_rows)]
            },
            addresses=None,
        )

    learned, asked = apart(1), apart(2)
    found = []
    for kind in (BoostedTrees, BoostedNeighbours):
        detector = kind()
        detector.fit(*lesson(log=learned))
        found.append(detector.review(LogView(asked, asked.start + 3 * MS_PER_DAY)))
    table = NeighbourTable()
    table.update(LogView(asked, asked.start + 3 * MS_PER_DAY))
    assert not table.table(asked.start + 3 * MS_PER_DAY)[:, len(USED) :].any()
    np.testing.assert_array_equal(found[0].score, found[1].score)


def test_neighbours_average_the_others_not_oneself():
    """Three on one thing, two of them on another: against the sum over pairs."""
    rng = np.random.default_rng(0)
    table = rng.random((5, 2))
    places, things = np.array([0, 1, 2, 1, 2, 3]), np.array([0, 0, 0, 1, 1, 1])
    means, weight = neighbour_means(places, things, table)
    heavy = 1 / np.log(3 + 5)
    for account in range(5):
        sums, total = np.zeros(2), 0.0
        for thing in set(things[places == account].tolist()):
            for other in places[things == thing].tolist():
                if other != account:
                    sums, total = sums + heavy * table[other], total + heavy
        np.testing.assert_allclose(weight[account], total)
        np.testing.assert_allclose(means[account], sums / total if total else 0.0)


def test_rows_of_both_tables_are_the_same_accounts():
    log = sample_log(4)
    tables = AccountTable(), NeighbourTable()
    for day in (1, 2, 3):
        now = log.start + day * MS_PER_DAY
        for table in tables:
            table.update(LogView(log, now, now - MS_PER_DAY if day > 1 else -(2**62)))
    one, other = (t.table(log.start + 3 * MS_PER_DAY) for t in tables)
    np.testing.assert_array_equal(one, other[:, : len(USED)])
    things = tables[1]._things
    np.testing.assert_array_equal(things.index.ids, tables[1].index.ids)
