"""Usage profiles as tables."""

import numpy as np

from shamcrowd.simulator.core.time_zones import LocalHours
from shamcrowd.simulator.scenario.load import load_scenario
from shamcrowd.simulator.supply.places import ZONES
from shamcrowd.simulator.traffic.profile_tables import ProfileTables


def test_hours_of_some_zoned_profiles_are_those_of_all():
    """Within the recording, and beyond its end."""
    scenario = load_scenario("quickstart-v2", settings=["horizon=14d"])
    end = scenario.start_ms + scenario.horizon
    local = LocalHours.through(ZONES, scenario.start_ms, end)
    profiles = [p for each in scenario.populations.values() for p in each.usage_profiles()]
    tables = ProfileTables(profiles, local)
    for first, count in ((0, 12), (100, 200), (300, 100)):
        whole = tables.hours(first, count)
        rows = np.array([0, local.classes + 1, len(whole) - 1])
        np.testing.assert_array_equal(tables.hours(first, count, rows), whole[rows])
