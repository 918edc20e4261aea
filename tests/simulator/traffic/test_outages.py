"""Outages: as many as asked for, in the hours in which they happen, and only then requests fail."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_MINUTE
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.traffic.outages import OF, FailingShares, Outage, draw_outages

START = 1_772_409_600_000
"""A Monday."""


def test_as_many_as_asked_for():
    end = START + 3000 * MS_PER_DAY
    outages = draw_outages(Streams(1), START, end, models=4, monthly=12.0)
    assert len(outages) == pytest.approx(1200, rel=0.1)
    minutes = np.array([one.end - one.begin for one in outages]) / MS_PER_MINUTE
    assert np.median(minutes) == pytest.approx(46, rel=0.1)
    assert minutes.max() <= 480
    begin = np.array([one.begin for one in outages])
    weekend = ((begin - START) // MS_PER_DAY % 7 >= 5).mean()
    assert weekend == pytest.approx(1 / 6, abs=0.03)
    shares = np.array([one.share for one in outages])
    assert shares.min() >= 0.02
    assert shares.max() <= 0.95
    assert {one.model for one in outages} == {-1, 0, 1, 2, 3}


def test_none():
    assert draw_outages(Streams(1), START, START + 365 * MS_PER_DAY, 4, 0.0) == []
    quiet = FailingShares([], START, START + MS_PER_DAY, 2)
    assert not quiet.between(START, START + 9 * MS_PER_DAY)
    assert quiet.share(quiet.index(np.array([START]), np.array([1]))).tolist() == [0]


def test_uptime_is_that_of_status_pages():
    end = START + 900 * MS_PER_DAY
    outages = draw_outages(Streams(2), START, end, 4, 12.0)
    failing = FailingShares(outages, START, end, 4)
    minute = np.arange(START, end, MS_PER_MINUTE)
    lost = np.mean(
        [failing.share(failing.index(minute, np.full(len(minute), m))).mean() for m in range(4)]
    )
    assert 0.991 < 1 - lost / OF < 0.999


def test_only_during_the_outage_and_only_its_model():
    end = START + MS_PER_DAY
    one = Outage(START + 60 * MS_PER_MINUTE, START + 120 * MS_PER_MINUTE, 1, 0.5, True)
    failing = FailingShares([one], START, end, 2)

    def share(minute, model):
        at = failing.index(np.array([START + minute * MS_PER_MINUTE]), np.array([model]))
        return int(failing.share(at)[0]), bool(failing.overloaded(at)[0])

    assert failing.between(one.begin, one.begin)
    assert not failing.between(START, one.begin - 1)
    assert not failing.between(one.end + MS_PER_MINUTE, end)
    assert share(59, 1) == (0, False)
    assert share(60, 1)[0] > 0
    # At its worst in the first half.
    assert share(80, 1) == (OF // 2, True)
    assert 0 < share(119, 1)[0] < OF // 5
    assert share(121, 1) == (0, False)
    assert share(80, 0) == (0, False)
    everywhere = FailingShares([Outage(one.begin, one.end, -1, 0.5, False)], START, end, 2)
    at = everywhere.index(np.full(2, START + 80 * MS_PER_MINUTE), np.arange(2))
    assert everywhere.share(at).tolist() == [OF // 2, OF // 2]


def test_later_than_the_end_is_the_last_minute():
    failing = FailingShares([], START, START + MS_PER_DAY, 3)
    late = failing.index(np.array([START + 9 * MS_PER_DAY]), np.array([2]))
    assert failing.share(late).tolist() == [0]


def test_one_that_the_end_cuts_off():
    end = START + MS_PER_DAY
    last = Outage(end - 10 * MS_PER_MINUTE, end + 50 * MS_PER_MINUTE, 0, 0.9, False)
    failing = FailingShares([last], START, end, 1)
    at = failing.index(np.array([end - MS_PER_MINUTE]), np.array([0]))
    assert failing.share(at)[0] > 0
