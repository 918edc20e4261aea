"""People leave steeply at first, later ones stay long, and some come back."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, NEVER
from shamcrowd.simulator.lifecycle.retention import (
    CONTRACT,
    COURSE,
    FARMED,
    PRIVATE,
    PROFESSIONAL,
    SPELLS,
    Retention,
    share_in_use,
    spells,
)

COUNT = 20_000
PRESETS = (PRIVATE, PROFESSIONAL, CONTRACT, COURSE, FARMED)


def _first_stay(retention):
    stays, _ = retention.draw(np.random.default_rng(3), COUNT)
    return stays[:, 0] / MS_PER_DAY


@pytest.mark.parametrize("retention", PRESETS)
def test_survival_falls_steeply_and_then_flattens(retention):
    days = _first_stay(retention)
    kept = [(days > day).mean() for day in (0, 30, 60, 90, 120)]
    losses = -np.diff(kept)
    assert losses[0] > losses[1] > 0
    # Of those who stayed a month, a larger share stays another one.
    assert kept[2] / kept[1] > kept[1] / kept[0]


def test_private_users_leave_as_public_figures_say():
    days = _first_stay(PRIVATE)
    assert 0.5 < (days > 1).mean() < 0.9
    assert 0.3 < (days > 30).mean() < 0.5


def test_no_two_stays_are_equal():
    assert len(np.unique(_first_stay(PRIVATE))) > 0.999 * COUNT


def test_share_that_returns():
    _, pauses = Retention(looks=0.5, returns=0.3).draw(np.random.default_rng(4), COUNT)
    assert (pauses[:, 0] < NEVER).mean() == pytest.approx(0.3, abs=0.015)
    assert (pauses[:, -1] == NEVER).all()


def test_spells_follow_each_other():
    stays, pauses = PRIVATE.draw(np.random.default_rng(5), COUNT)
    begin, end = spells(np.full(COUNT, 1000), stays, pauses)
    assert (begin[:, 0] == 1000).all()
    assert (begin <= end).all()
    for number in range(1, SPELLS):
        comes = begin[:, number] < NEVER
        assert (begin[comes, number] >= end[comes, number - 1]).all()
        assert (pauses[~comes, :number] == NEVER).any(axis=1).all()


def test_who_never_leaves_is_always_in_use():
    endless = np.full((1, SPELLS), NEVER)
    begin, end = spells(np.array([5]), endless, endless)
    assert begin.tolist() == [[5, NEVER, NEVER]]
    assert end.tolist() == [[NEVER] * SPELLS]


def test_fewer_of_the_old_accounts_are_in_use():
    young = share_in_use(PRIVATE, 1.0, 240.0, 14.0)
    mixed = share_in_use(PRIVATE, 0.5, 240.0, 14.0)
    old = share_in_use(PRIVATE, 0.0, 240.0, 14.0)
    assert old < mixed < young < 1
