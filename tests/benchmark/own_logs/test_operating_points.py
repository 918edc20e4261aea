"""Alerts without labels: so many a day, or by thresholds of a simulated world."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.own_logs.detect import BestPlaces, Detected, Detection
from shamcrowd.benchmark.own_logs.operating_points import (
    DailyAlerts,
    OperatingPoint,
    borrowed_thresholds,
    over_thresholds,
)
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR

ACCOUNTS = np.array([5, 6, 7, 8], np.int32)


def alerts(budget: int, *looks: tuple[int, list[float]]) -> list[list[int]]:
    held = DailyAlerts(budget)
    return [held.add(now, ACCOUNTS, np.array(place)) for now, place in looks]


def test_the_best_places_first_and_each_account_once():
    place = [0.3, 0.1, 0.2, 0.4]
    assert alerts(2, (MS_PER_DAY, place), (2 * MS_PER_DAY, place)) == [[6, 7], [5, 8]]


def test_the_budget_is_of_a_day_and_midnight_ends_it():
    place = [0.3, 0.1, 0.2, 0.4]
    noon = MS_PER_DAY // 2
    assert alerts(1, (noon, place), (MS_PER_DAY, place), (MS_PER_DAY + 1, place)) == [
        [6], [], [7],
    ]  # fmt: skip


@pytest.mark.parametrize(("place", "alert"), [(0.4999, [5]), (0.5, [])])
def test_nobody_is_alerted_on_who_is_as_suspicious_as_any_other(place, alert):
    assert alerts(4, (1, [place, 0.5, 0.6, 0.9])) == [alert]


def detection(**largest: list[float]) -> Detection:
    found = Detection(None, 0, ACCOUNTS[::-1])
    for name, values in largest.items():
        found.detected.append(Detected(name, None, largest=np.array(values)))
    found.detected.append(Detected("failed", None, failed=True))
    return found


def test_an_account_is_alerted_on_above_a_threshold_of_any_detector():
    found = detection(a=[1.0, 2.0, 3.0, 0.0], b=[9.0, 0.0, 0.0, 0.0], c=[9.0] * 4)
    over = over_thresholds(found, {"a": 2.0, "b": 5.0, "failed": 0.0})
    assert over == {7: ["a"], 5: ["b"]}


def test_an_alert_is_told_of_once():
    point = OperatingPoint(thresholds={"a": 2.0})
    assert point.take(detection(a=[0.0, 3.0, 0.0, 0.0])) == [6]
    assert point.take(detection(a=[0.0, 3.0, 0.0, 4.0])) == [8]
    assert point.alerted == {6: "a", 8: "a"}
    daily = OperatingPoint(DailyAlerts(1))
    found = detection()
    found.places.append(BestPlaces(MS_PER_HOUR, ACCOUNTS, np.array([0.1, 0.2, 0.3, 0.4])))
    assert daily.take(found) == [5]
    assert daily.alerted == {5: "1970-01-01T01:00+00:00"}


def test_a_borrowed_threshold_is_exceeded_by_so_many_of_that_world(tmp_path):
    world = tmp_path / "small-v1.yaml"
    world.write_text(
        "extends: quickstart-v2\nhorizon: 2d\nreleases: []\n"
        "campaigns:\n  credit-farm: null\n"
        "  hydra: {tactic: hydra, accounts: 20, exchanges: 200, start: 0d, duration: 2d}\n"
    )
    told: list[str] = []
    found = borrowed_thresholds(
        world, ["volume-only", "boosted-trees"], rate=0.1, on_start=told.append
    )
    # One that learns has no threshold.
    assert set(found) == {"volume-only"}
    assert found["volume-only"] > 0
    assert told[0] == "simulating small-v1"
    higher = borrowed_thresholds(world, ["volume-only"], rate=0.01)
    assert higher["volume-only"] > found["volume-only"]
