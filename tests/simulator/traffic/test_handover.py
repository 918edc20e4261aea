"""Where sessions are, and when they move."""

import numpy as np
import pytest

from shamcrowd.simulator.core.streams import Streams, bits
from shamcrowd.simulator.traffic.handover import HOME, pick, places
from shamcrowd.simulator.traffic.sessions import Sessions

MANY = 20_000


def sessions(count):
    rng = Streams(1)("handover")
    whole = np.full(MANY, count, np.int32)
    return Sessions(
        np.arange(MANY), np.zeros(MANY, np.int32), np.zeros(MANY, np.int64), whole,
        np.ones(MANY, np.float32), bits(rng, MANY), bits(rng, MANY),
    )  # fmt: skip


def placed(count, slots, handover):
    drawn = sessions(count)
    first = np.arange(MANY) * count
    return places(drawn, np.full(MANY, slots, np.int32), first, np.full(MANY, handover, np.int32))


def test_the_first_is_home():
    chance = np.array([0, HOME - 1, HOME, 65_535])
    assert pick(chance, np.full(4, 3)).tolist() == [0, 0, 0, 2]
    assert pick(chance, np.full(4, 1)).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(("count", "slots"), [(1, 5), (10, 1)])
def test_who_cannot_move_does_not(count, slots):
    start, other, change = placed(count, slots, 65_536)
    assert not len(change)
    assert np.array_equal(start, other)


def test_as_many_as_asked_for_move():
    start, other, change = placed(10, 3, 65_536 // 10)
    moves = start != other
    assert moves.mean() == pytest.approx(0.1, abs=0.01)
    assert other.max() < 3
    within = np.bincount(change // 10, minlength=MANY)
    assert set(within[moves]) == {1, 2}
    assert not within[~moves].any()
    # Never with the first request; the second move comes after the first.
    assert (change % 10 > 0).all()
    assert (np.diff(change) > 0).all()


def test_two_requests_are_enough():
    start, other, change = placed(2, 2, 65_536)
    assert (start != other).all()
    assert np.array_equal(change, np.arange(MANY) * 2 + 1)


def test_large_pools_are_used_alike():
    start, _, _ = placed(1, 100, 0)
    counts = np.bincount(start, minlength=100)
    assert counts.min() > 100
    few, _, _ = placed(1, 64, 0)
    assert (few == 0).mean() > 0.6
