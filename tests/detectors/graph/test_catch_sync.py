"""CatchSync: synchrony and normality by their definition, the bound, cells by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.detectors.graph.catch_sync import CatchSync, cells, synchrony
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

PAIRS = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 7)), min_size=1)


def arrays(pairs):
    places, things = np.array(sorted(pairs)).T
    return places, np.unique(things, return_inverse=True)[1]


@given(PAIRS, st.lists(st.integers(0, 3), min_size=8, max_size=8))
@settings(max_examples=80, deadline=None)
def test_synchrony_and_normality_by_their_definition(pairs, drawn):
    places, things = arrays(pairs)
    many = things.max() + 1
    _, cell = np.unique(drawn[:many], return_inverse=True)
    sync, normal, least = synchrony(places, things, cell, 7)
    # The paper's sums over all pairs, one by one.
    for who in range(7):
        own = things[places == who].tolist()
        if not own:
            assert sync[who] == normal[who] == least[who] == 0
            continue
        close = sum(cell[a] == cell[b] for a in own for b in own)
        assert sync[who] == pytest.approx(close / len(own) ** 2)
        near = sum(cell[a] == cell[b] for a in own for b in range(many))
        assert normal[who] == pytest.approx(near / len(own) / many)


@given(PAIRS, st.lists(st.integers(0, 3), min_size=8, max_size=8))
@settings(max_examples=80, deadline=None)
def test_nobody_is_below_the_least_synchrony(pairs, drawn):
    places, things = arrays(pairs)
    _, cell = np.unique(drawn[: things.max() + 1], return_inverse=True)
    sync, _, least = synchrony(places, things, cell, 7)
    assert (sync >= least - 1e-9).all()


def test_the_least_synchrony_by_hand():
    # Three of four things in cell 0, one in cell 1: s = 9/16 + 1/16 = 5/8, M = 2, 1 - M s = -1/4.
    # An account with one thing in each: n = (3/4 + 1/4) / 2 = 1/2, and its synchrony is 1/2:
    # (-2/4 + 1 - 5/8) / (-1/4) = 1/2. One with things in cell 0 alone: n = 3/4, synchrony 1:
    # (-2 * 9/16 + 3/2 - 5/8) / (-1/4) = 1.
    places, things = np.array([0, 0, 1, 1]), np.array([0, 3, 1, 2])
    sync, normal, least = synchrony(places, things, np.array([0, 0, 0, 1]), 2)
    assert sync.tolist() == [0.5, 1.0]
    assert normal.tolist() == [0.5, 0.75]
    assert least == pytest.approx([0.5, 1.0])


def test_cells_by_users_and_authority():
    # Things 0 and 1 of accounts 0 to 3; thing 2 of account 4 alone; thing 3 of 5 and 6, apart.
    pairs = [(a, t) for a in range(4) for t in (0, 1)] + [(4, 2), (5, 3), (6, 3)]
    places, things = np.array(pairs).T
    found = cells(places, things, 7)
    assert found[0] == found[1]
    assert len({found[0], found[2], found[3]}) == 3
    # Authority of the dense part is 1; ten rounds take (2 of 8) and (1 of 8) to 4^-9 and 8^-9.
    dense = cells(np.array([0, 0, 1, 1, 2]), np.array([0, 1, 0, 1, 2]), 3)
    assert dense[0] == dense[1] != dense[2]


def test_the_planted_crowd_comes_first_and_a_setting_leaves_out_who_has_few(changed):
    log = sample_log()
    now = LogView(log, log.start + 3 * MS_PER_DAY)
    found = CatchSync().review(now)
    crowd = np.isin(found.account, log.crowd)
    assert found.score[crowd].min() > found.score[~crowd].max()
    assert found.score.min() == 0
    # Nobody has three things here.
    assert not CatchSync(fewest=3).review(now).score.any()


def test_where_all_have_things_of_their_own_nobody_stands_out(changed):
    own = np.arange(80)
    tables = sample_log().tables
    null = changed(
        accounts={"device": own, "address": own + 500, "organisation": [None] * 80,
                  "mailbox": tables["mailboxes"]["mailbox"]},
        requests=None, activity=None,
    )  # fmt: skip
    assert not CatchSync().review(LogView(null, null.start + 3 * MS_PER_DAY)).score.any()


def test_a_score_is_in_standard_deviations_of_those_with_enough_things(changed):
    log = sample_log()
    detector = CatchSync()
    found = detector.review(LogView(log, log.start + 3 * MS_PER_DAY))
    n = len(found.account)
    total, own = np.zeros(n), np.zeros(n)
    # A device and a card each, a graph of its own each.
    for kind in detector._entities.kinds:
        places, things = detector._pairs(kind)
        if len(places):
            of_kind = np.bincount(places, minlength=n)
            sync, _, least = synchrony(places, things, cells(places, things, n), n)
            total, own = total + of_kind * (sync - least), own + of_kind
    scored = own >= 2
    excess = total[scored] / own[scored]
    expected = np.maximum((excess - excess.mean()) / excess.std(), 0)
    assert found.score[scored] == pytest.approx(expected)
    assert not found.score[~scored].any()
