"""The largest crowd that hangs together by shared things."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.reports.recording.clusters import MOST, largest_cluster
from shamcrowd.benchmark.reports.recording.entity_links import EntityLinks


def uses(**pairs):
    return [
        EntityLinks(title, title + "s", *np.array(pairs.get(title, []), np.int64).reshape(-1, 2).T)
        for title in ("address", "device", "card", "phone block")
    ]


EVERYBODY = np.ones(200, np.bool_)


def test_the_largest_crowd_is_found():
    found = largest_cluster(
        uses(device=[(0, 7), (1, 7), (2, 8)], card=[(1, 7), (2, 7), (5, 9), (6, 9)]), EVERYBODY
    )
    assert (found.accounts, found.whole) == (3, 3)
    assert (found.things("device"), found.things("card"), found.things("address")) == (1, 1, 0)
    assert len(found.links) == 4
    assert found.connected_twice == 1


def test_things_of_one_kind_are_not_taken_for_another():
    assert largest_cluster(uses(device=[(0, 7)], card=[(1, 7)]), EVERYBODY) is None


def test_phone_blocks_link_nobody():
    assert largest_cluster(uses(**{"phone block": [(0, 1), (1, 1)]}), EVERYBODY) is None


def test_only_accounts_of_the_group_count():
    inside = EVERYBODY.copy()
    inside[1] = False
    assert largest_cluster(uses(device=[(0, 7), (1, 7)]), inside) is None


@pytest.mark.parametrize("many", [MOST, MOST + 1, 150])
def test_no_more_than_can_be_seen_are_drawn(many):
    found = largest_cluster(uses(address=[(a, 3) for a in range(many)]), EVERYBODY)
    assert (found.accounts, found.whole) == (min(many, MOST), many)
    assert found.links[:, 0].max() == found.accounts - 1
    assert set(found.links[:, 1]) == {found.accounts}
