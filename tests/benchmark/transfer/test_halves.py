"""Two halves: groups stay whole, and every account is in one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from shamcrowd.benchmark.scoring.truth_arrays import TruthArrays
from shamcrowd.benchmark.transfer.halves import halves, part

CAMPAIGN = np.array([0] * 8 + [1] * 5 + [2] * 4 + [3] * 6 + [-1] * 40)


@pytest.fixture
def truth():
    n = len(CAMPAIGN)
    return TruthArrays(
        None, np.arange(n, dtype=np.int32), CAMPAIGN, ("a", "b", "c", "sham"), ("t",) * 4,
        np.where(CAMPAIGN < 0, 0, -1), ("honest",), np.zeros(n, np.int64), np.full(n, -1),
        np.arange(n), np.zeros(n, np.int64), np.ones(n, np.int64), np.ones(n, np.int64) * 7,
        np.array([1]), n,
    )  # fmt: skip


def test_groups_are_whole_and_sides_alike(truth):
    half = halves(truth, "sham")
    for code in (0, 1, 2):
        assert len(set(half[code == CAMPAIGN].tolist())) == 1
    # 8 against 5 + 4 of the groups, 3 each of those of no group, 20 each of the honest.
    assert np.bincount(half[CAMPAIGN == 3]).tolist() == [3, 3]
    assert np.bincount(half[CAMPAIGN == -1]).tolist() == [20, 20]
    assert sorted(np.bincount(half[(CAMPAIGN >= 0) & (CAMPAIGN < 3)]).tolist()) == [8, 9]
    assert halves(truth, "sham").tolist() == half.tolist()


def test_without_such_a_campaign_all_are_groups(truth):
    half = halves(truth, "another")
    assert all(len(set(half[code == CAMPAIGN].tolist())) == 1 for code in range(4))


def test_a_part_knows_its_own_campaigns_alone(truth):
    keep = np.isin(CAMPAIGN, [1, 3, -1])
    found = part(truth, keep)
    assert found.campaigns == ("b", "sham")
    assert np.bincount(found.campaign + 1).tolist() == [40, 5, 6]
    assert found.account.tolist() == np.flatnonzero(keep).tolist()
    # Rows of abuse are those of its accounts, by their new positions.
    assert found.abuse_index.tolist() == list(range(int(keep.sum())))
    assert found.sham.sum() == 11


def test_all_of_it_is_the_same(truth):
    found = part(truth, np.ones(len(CAMPAIGN), np.bool_))
    for name in ("account", "campaign", "abuse_index", "abuse_tokens"):
        assert getattr(found, name).tolist() == getattr(truth, name).tolist()
    assert replace(found, campaigns=()) != found
