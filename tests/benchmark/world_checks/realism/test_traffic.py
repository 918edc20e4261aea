"""The columns: windows, orders, what is missing."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism.traffic import RequestTraffic

DAY = 86_400


def _every(seconds, days=4):
    time = np.arange(0.0, days * DAY, seconds)
    return RequestTraffic("x", 0, time, np.zeros(len(time), np.int64))


@pytest.mark.parametrize(
    ("seconds", "window"), [(1, 600), (6, 600), (7, 900), (36, 3_600), (37, 7_200), (900, 21_600)]
)
def test_the_median_window_holds_a_hundred(seconds, window):
    assert _every(seconds).window == window


def test_empty_nights_do_not_lengthen_the_window():
    busy = _every(6)
    day = busy.time[busy.time % DAY < DAY / 4]
    assert RequestTraffic("x", 0, day, np.zeros(len(day), np.int64)).window == 600


def test_orders():
    client = np.array([1, 0, 1, 0, 1])
    conversation = np.array([5, 2, 5, -1, 0])
    traffic = RequestTraffic("x", 0, np.arange(5.0), client, conversation=conversation)
    assert traffic.by_client.tolist() == [1, 3, 0, 2, 4]
    place, number = traffic.turns
    assert place.tolist() == [1, 4, 0, 2]
    assert number.tolist() == [0, 1, 2, 2]


@pytest.mark.parametrize("name", ["inputs", "outputs", "turns", "dated"])
def test_what_is_missing_is_not_measured(name):
    traffic = RequestTraffic("x", None, np.arange(5.0), np.zeros(5, np.int64))
    with pytest.raises(NotMeasurableError, match=r"no column|no date"):
        getattr(traffic, name)
