"""Day and week against pandas."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism.profile import (
    autocorrelation,
    busiest_hours,
    peak_to_trough,
    weekend_to_weekday,
)

HOUR, DAY = 3_600, 86_400


@pytest.fixture(scope="module")
def hourly(plain):
    """Counts of whole hours."""
    return plain.set_index("timestamp").resample("h").size().iloc[1:-1]


def _regular(per_hour, days):
    """So many requests in each hour of the day, the whole time."""
    hours = np.tile(np.resize(per_hour, 24), days)
    return np.sort(np.repeat(np.arange(len(hours)) * 3_600.0, hours) + 1_800)


def test_weekend(traffic, hourly):
    weekend = hourly.index.day_of_week >= 5
    by_hour = hourly.groupby([weekend, hourly.index.hour]).mean()
    expected = by_hour[True].mean() / by_hour[False].mean()
    assert weekend_to_weekday(traffic.time) == pytest.approx(expected)
    assert weekend_to_weekday(traffic.time) == pytest.approx(0.6, abs=0.03)


def test_weekend_by_hand():
    time = _regular([4], 14)
    weekend = time // DAY % 7 >= 5
    # Of four requests at the same moment of a weekend hour, keep one.
    kept = time[~weekend | (np.arange(len(time)) % 4 == 0)]
    assert weekend_to_weekday(kept) == pytest.approx(0.25)


@pytest.mark.parametrize("days", [5, 6])
def test_no_weekend(days):
    with pytest.raises(NotMeasurableError, match="weekend"):
        weekend_to_weekday(_regular([3], days))


def test_a_saturday_is_no_weekend():
    time = _regular([3], 7)
    with pytest.raises(NotMeasurableError, match="weekend"):
        weekend_to_weekday(time[time < 6.3 * DAY])


def test_no_weekdays():
    time = _regular([3], 2) + 5 * DAY
    with pytest.raises(NotMeasurableError, match="weekdays"):
        weekend_to_weekday(time)


def test_one_week_is_enough():
    assert weekend_to_weekday(_regular([3], 7)) == pytest.approx(1)


def test_peak(traffic, hourly):
    profile = hourly.groupby(hourly.index.hour).mean()
    assert peak_to_trough(traffic.time) == pytest.approx(profile.max() / profile.min())
    top = profile.sort_values().iloc[-8:].sum() / profile.sum()
    assert busiest_hours(traffic.time) == pytest.approx(top)


def test_peak_by_hand():
    per_hour = [2] * 23 + [10]
    assert peak_to_trough(_regular(per_hour, 5)) == pytest.approx(5)
    assert busiest_hours(_regular(per_hour, 5)) == pytest.approx((10 + 7 * 2) / 56)


def test_a_flat_day():
    assert peak_to_trough(_regular([2], 3)) == 1
    assert busiest_hours(_regular([2], 3)) == pytest.approx(1 / 3)


def test_empty_nights():
    assert peak_to_trough(_regular([0] * 8 + [3] * 16, 4)) == np.inf


@pytest.mark.parametrize("measure", [peak_to_trough, busiest_hours])
def test_shorter_than_a_day(measure):
    with pytest.raises(NotMeasurableError, match="shorter than a day"):
        measure(_regular([3], 1))


def test_autocorrelation(traffic, hourly):
    assert autocorrelation(traffic.time) == pytest.approx(hourly.autocorr(24))
    assert autocorrelation(traffic.time) > 0.4


def test_no_autocorrelation():
    with pytest.raises(NotMeasurableError, match="do not vary"):
        autocorrelation(_regular([3], 5))
    with pytest.raises(NotMeasurableError, match="3 days"):
        autocorrelation(_regular([3, 1], 2))
