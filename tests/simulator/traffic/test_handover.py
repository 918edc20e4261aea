"""Where sessions are, and when they move."""

import numpy as np
import pytest

from shamcrowd.simulator.core.streams import Streams, bits
from shamcrowd.simulator.traffic.handover import HOME, pick, whereabouts
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
    """Where sessions of two conversations are, or of one with one request."""
    first = np.arange(MANY) * count
    opens = np.unique(np.concatenate([first, first + count // 2]))
    each = np.searchsorted(first, opens, side="right") - 1
    shape = np.full(MANY, slots, np.int32), np.full(MANY, handover, np.int32)
    fresh = np.zeros(MANY * count, np.bool_)
    fresh[opens] = True
    of = np.cumsum(fresh) - 1
    return whereabouts(sessions(count), *shape, first, fresh, opens, of, each)


def test_the_first_is_home():
    chance = np.array([0, HOME - 1, HOME, 65_535])
    assert pick(chance, np.full(4, 3)).tolist() == [0, 0, 0, 2]
    assert pick(chance, np.full(4, 1)).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(("count", "slots"), [(1, 5), (10, 1)])
def test_who_cannot_move_does_not(count, slots):
    where = placed(count, slots, 65_536)
    assert len(where.begins) == MANY * min(count, 2)
    assert np.array_equal(where.address, where.start[where.session])


def test_as_many_as_asked_for_move():
    where = placed(10, 3, 65_536 // 10)
    assert np.array_equal(where.begins // 10, where.session)
    assert np.array_equal(where.begins // 5, where.conversation)
    at_start = where.address == where.start[where.session]
    moves = np.bincount(where.session[~at_start], minlength=MANY) > 0
    assert moves.mean() == pytest.approx(0.1, abs=0.01)
    assert where.address.max() < 3
    # Never with the first request; some return.
    assert at_start[where.begins % 10 == 0].all()
    last = np.append(where.session[1:] != where.session[:-1], True)
    assert 0.2 < at_start[last & moves[where.session]].mean() < 0.5
    for session in np.flatnonzero(moves)[:50]:
        assert len(set(where.address[where.session == session].tolist())) == 2


def test_two_requests_are_enough():
    where = placed(2, 2, 65_536)
    assert (where.address[1::2] != where.address[::2]).all()


def test_large_pools_are_used_alike():
    counts = np.bincount(placed(1, 100, 0).start, minlength=100)
    assert counts.min() > 100
    assert (placed(1, 64, 0).start == 0).mean() > 0.6
