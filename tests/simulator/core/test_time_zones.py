"""Local time by zone rules: offsets to the millisecond of a change, hours through a change."""

import datetime as dt
from importlib.resources import files
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
from shamcrowd.simulator.core.time_zones import HOURS_PER_WEEK, LocalHours, utc_offsets
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.supply.places import ZONES
from shamcrowd.simulator.traffic.profile_tables import ProfileTables


def ms(text):
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("zone", "change", "before", "after"),
    [
        ("Europe/Berlin", "2026-03-29T01:00", 60, 120),
        ("Europe/Berlin", "2026-10-25T01:00", 120, 60),
        ("America/New_York", "2026-03-08T07:00", -300, -240),
        ("America/Los_Angeles", "2026-11-01T09:00", -420, -480),
        ("Australia/Adelaide", "2026-04-04T16:30", 630, 570),
    ],
)
def test_the_clock_changes_at_the_full_hour_of_the_rules(zone, change, before, after):
    # Hours are whole UTC hours, so that Adelaide's change counts from the next one.
    moment = -(-ms(change) // MS_PER_HOUR) * MS_PER_HOUR
    times = np.array([moment - 1, moment])
    assert utc_offsets((zone,), np.zeros(2, int), times).tolist() == [before, after]


def test_a_zone_without_daylight_saving_never_changes():
    times = np.arange(ms("2025-07-01"), ms("2026-12-31"), MS_PER_DAY)
    assert set(utc_offsets(("America/Phoenix",), np.zeros(len(times), int), times)) == {-420}


def test_every_zone_agrees_with_zoneinfo_on_every_day():
    times = np.arange(ms("2026-01-01"), ms("2027-03-01"), 5 * MS_PER_DAY) + 7 * MS_PER_HOUR
    for number, name in enumerate(ZONES):
        own = utc_offsets(ZONES, np.full(len(times), number), times)
        # The package's rules: those of the operating system may be of another year.
        with (files("tzdata") / "zoneinfo" / name).open("rb") as rules:
            zone = ZoneInfo.from_file(rules)
        for time, offset in zip(times.tolist(), own.tolist(), strict=True):
            there = dt.datetime.fromtimestamp(time / 1000, zone)
            assert there.utcoffset() == dt.timedelta(minutes=offset), (name, there)


def test_habits_follow_the_clock_across_a_change():
    """The same local hour is one UTC hour earlier after the change, where clocks change."""
    zones = ("Europe/Madrid", "Africa/Lagos", "Asia/Kolkata")
    start = ms("2026-03-23")  # a Monday; clocks change on the Sunday
    hours = LocalHours.through(zones, start, start + 14 * MS_PER_DAY)
    tables = ProfileTables([CHAT], hours)
    week = tables.hours(0, 2 * HOURS_PER_WEEK)
    madrid, lagos, kolkata = (week[tables.class_of(0, np.array(zone))] for zone in range(3))
    before, after = slice(24, 48), slice(HOURS_PER_WEEK + 24, HOURS_PER_WEEK + 48)
    assert np.allclose(madrid[after], np.roll(madrid, -1)[before])
    assert not np.allclose(madrid[after], madrid[before])
    assert np.allclose(lagos[after], lagos[before])
    assert np.allclose(lagos[before], madrid[before])
    # Half an hour off: every hour has half of two local hours.
    local = np.array(CHAT.hours, float)
    expected = (np.roll(local, -5) + np.roll(local, -6)) / 2
    assert np.allclose(kolkata[24:42] / kolkata[24:42].sum(), expected[:18] / expected[:18].sum())


def test_zones_whose_clocks_agree_are_one_class():
    start = ms("2026-03-01")
    hours = LocalHours.through(("Europe/Paris", "Africa/Lagos", "Europe/Rome"), start, start)
    assert hours.classes == 1
    longer = LocalHours.through(
        ("Europe/Paris", "Africa/Lagos", "Europe/Rome"), start, start + 40 * MS_PER_DAY
    )
    assert longer.class_of[0] == longer.class_of[2] != longer.class_of[1]
