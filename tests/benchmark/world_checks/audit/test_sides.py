"""Who is compared with whom."""

import numpy as np
import pytest

from shamcrowd.benchmark.world_checks.audit import sides as module
from shamcrowd.benchmark.world_checks.audit.sides import EVERYONE, FEWEST, SMALL, sides_of
from tests.benchmark.world_checks.small_recording import ACCOUNTS, SHAMS, small_recording


class _Truth:
    """Accounts 0 to 99 by group, without a recording."""

    def __init__(self, groups):
        self.groups = groups

    def accounts(self):
        import pandas as pd

        rows = [(c, s) for c, s, many in self.groups for _ in range(many)]
        frame = pd.DataFrame(rows, columns=["campaign", "segment"])
        return frame.assign(account=np.arange(len(rows)))


@pytest.fixture
def of(monkeypatch):
    def made(groups, paired=(), recordings=1, alone=()):
        monkeypatch.setattr(module, "Truth", lambda folder: _Truth(groups))
        many = sum(g[2] for g in groups)
        return sides_of([None] * recordings, [np.arange(many)] * recordings, dict(paired), alone)

    return made


def told(sides):
    return [(c.campaign, c.against, c.n_sham, c.n_honest) for c in sides.comparisons]


def test_each_campaign_with_everyone_and_its_look_alike(of):
    groups = [("a", None, 30), ("b", None, 40), (None, "x", 50), (None, "y", 60), ("a", "x", 5)]
    sides = of(groups, {"a": "y"})
    assert told(sides) == [("a", EVERYONE, 35, 110), ("a", "y", 35, 60), ("b", EVERYONE, 40, 110)]
    sham, honest = sides.members(sides.comparisons[1])
    assert sham.sum() == 35
    assert np.flatnonzero(honest).tolist() == list(range(120, 180))
    # A compromised account is its campaign's, not its owner's.
    assert sides.sham[-5:].all()
    assert not sides.honest[-5:].any()


def test_counts_by_group_are_turned_into_sides(of):
    groups = [("a", None, 30), (None, "x", 50), (None, "y", 60)]
    sides = of(groups, {"a": "y"})
    counts = np.array([[[1.0], [2.0], [4.0]]])
    assert sides.names == ("all others", "y", "a")
    assert sides.sham_in(counts).ravel().tolist() == [4, 4]
    assert sides.honest_in(counts).ravel().tolist() == [3, 2]


def test_small_campaigns_are_one(of):
    few = FEWEST - 1
    sides = of([("a", None, few), ("b", None, few), ("c", None, FEWEST), (None, "x", 99)])
    assert [c[:3] for c in told(sides)] == [("c", EVERYONE, 20), (SMALL, EVERYONE, 2 * few)]
    # One alone stays what it is, and cannot be judged; two seeds of it can.
    assert told(of([("a", None, few), (None, "x", 99)])) == []
    assert told(of([("a", None, few), (None, "x", 99)], recordings=2))[0][2] == 2 * few


def test_a_careless_campaign_does_not_count_among_the_small_ones(of):
    few = FEWEST - 1
    groups = [(name, None, few) for name in "abc"] + [(None, "x", 99)]
    assert told(of(groups)) == [(SMALL, EVERYONE, 3 * few, 99)]
    assert told(of(groups, alone=("b",))) == [(SMALL, EVERYONE, 2 * few, 99)]


def test_a_look_alike_needs_twenty_accounts_too(of):
    for many, told_ in ((FEWEST - 1, 1), (FEWEST, 2)):
        assert len(told(of([("a", None, 30), (None, "x", 50), (None, "y", many)], {"a": "y"}))) \
            == told_  # fmt: skip


def test_a_recording_is_read(write_small):
    made = small_recording()
    folder = write_small(made)
    sides = sides_of([folder], [made.accounts["account"].to_numpy()], {"ring": "steady"})
    assert (sides.sham == made.sham).all()
    assert told(sides)[0] == ("ring", EVERYONE, SHAMS, ACCOUNTS - SHAMS)
