"""Workloads pause and resume with their owners, twins together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shamcrowd.recording.units import NEVER
from shamcrowd.simulator.platform.workload import make_workload
from shamcrowd.simulator.platform.workload_spells import in_spells

ENDLESS = NEVER


def _workload(who=(0, 1, 2), **times):
    who = np.array(who)
    return make_workload(
        np.zeros(3, np.int8), 0, who, np.ones(len(who)), np.zeros(len(who), np.int64), **times
    )


def _cut(workloads, stays, pauses, start=0, opens=(10, 10, 10)):
    return in_spells(workloads, np.array(opens), np.array(stays), np.array(pauses), start)


STAYS = [[5, 7, 1], [ENDLESS, 1, 1], [5, 7, 1]]
PAUSES = [[20, NEVER, NEVER], [NEVER, NEVER, NEVER], [NEVER, NEVER, NEVER]]


def test_a_spell_has_the_accounts_that_are_in_use():
    first, second = _cut([_workload()], STAYS, PAUSES)
    assert first.who.tolist() == [0, 1, 2]
    assert first.opens.tolist() == [10, 10, 10]
    assert first.ends.tolist() == [15, NEVER, 15]
    assert second.who.tolist() == [0]
    assert (second.opens.tolist(), second.ends.tolist()) == ([35], [42])


def test_spells_before_the_recording_are_left_out():
    first, second = _cut([_workload()], STAYS, PAUSES, start=15)
    assert first.who.tolist() == [1]
    assert second.who.tolist() == [0]
    (last,) = _cut([_workload()], STAYS, PAUSES, start=42)
    assert last.who.tolist() == [1]


def test_a_workload_that_opens_late_begins_its_first_spell_then():
    first, _ = _cut([_workload(opens=[100, 5, 5])], STAYS, PAUSES)
    assert first.opens.tolist() == [100, 10, 10]
    assert first.ends.tolist() == [105, NEVER, 15]


def test_a_workload_ends_when_it_would_have_ended():
    first, second = _cut([_workload(ends=12)], STAYS, PAUSES)
    assert first.ends.tolist() == [12, 12, 12]
    assert second.ends.tolist() == [12]


def test_twins_stay_beside_their_workload():
    twin = replace(_workload(), profile=1, twin=True)
    parts = _cut([_workload(), twin, _workload([1])], STAYS, PAUSES)
    assert [part.profile for part in parts] == [0, 1, 0, 1, 0]
    assert [part.twin for part in parts] == [False, True, False, True, False]
    for whole, copy in (parts[:2], parts[2:4]):
        assert whole.who.tolist() == copy.who.tolist()


def test_cover_that_comes_before_the_work_has_spells_of_its_own():
    # An impostor is used as before until the work begins; both count from their own beginning.
    work, cover = _workload(opens=[100, 100, 100]), replace(_workload(), twin=True)
    stays, pauses = [[5, 7, 1]] * 3, [[20, NEVER, NEVER], [NEVER] * 3, [NEVER] * 3]
    first_work, first_cover, second_work, second_cover = _cut([work, cover], stays, pauses)
    assert (first_work.opens.tolist(), first_work.ends.tolist()) == ([100] * 3, [105] * 3)
    assert (first_cover.opens.tolist(), first_cover.ends.tolist()) == ([10] * 3, [15] * 3)
    assert (second_work.opens.tolist(), second_work.ends.tolist()) == ([125], [132])
    assert (second_cover.opens.tolist(), second_cover.ends.tolist()) == ([35], [42])
    assert first_cover.twin
    assert second_cover.twin
