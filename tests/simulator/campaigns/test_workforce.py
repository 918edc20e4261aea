"""What accounts are able to do in the time left: counted hour by hour, by hand and by the class."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_HOUR, NEVER
from shamcrowd.simulator.campaigns.account_state import AccountState
from shamcrowd.simulator.campaigns.workforce import Workforce
from shamcrowd.simulator.core.time_zones import LocalHours
from shamcrowd.simulator.traffic.profile_tables import ProfileTables
from shamcrowd.simulator.traffic.slice_messages import SUSPENDED, THROTTLED
from shamcrowd.simulator.traffic.usage_profile import STEADY

HOUR = MS_PER_HOUR


@pytest.fixture
def tables():
    from dataclasses import replace

    from shamcrowd.simulator.populations.casual import CHAT

    steady = replace(CHAT, hours=STEADY, weekend=1.0)
    evening = replace(CHAT, hours=(0,) * 18 + (1,) * 6, weekend=1.0)
    return ProfileTables([steady, evening], LocalHours.through(("Etc/UTC",), 0, 7 * 24 * HOUR))


def force(rate, profile, opens=0, ends=NEVER):
    state = AccountState()
    state.add(np.array([3, 5]), np.zeros(2, np.int64), own=True)
    made = Workforce(1, state)
    made.add_workload(
        0, np.array([1]), np.array([rate]), np.array([profile], np.int32),
        np.array([opens]), np.array([ends]),
    )  # fmt: skip
    return made, state


def test_a_steady_day(tables):
    assert force(24.0, 0)[0].capacity(0, tables, (0, 24 * HOUR), 0) == pytest.approx(24.0)
    assert force(24.0, 0)[0].capacity(0, tables, (6 * HOUR, 12 * HOUR), 0) == pytest.approx(6.0)


def test_only_by_its_own_hours(tables):
    evening, _ = force(12.0, 1)
    assert evening.capacity(0, tables, (0, 18 * HOUR), 0) == pytest.approx(0.0, abs=1e-9)
    assert evening.capacity(0, tables, (18 * HOUR, 24 * HOUR), 0) == pytest.approx(12.0)


def test_not_before_it_opens_nor_after_it_ends(tables):
    part, _ = force(24.0, 0, opens=6 * HOUR + HOUR // 2, ends=8 * HOUR)
    assert part.capacity(0, tables, (0, 24 * HOUR), 0) == pytest.approx(1.5)
    assert part.capacity(0, tables, (8 * HOUR, 24 * HOUR), 0) == 0.0


def test_accounts_that_are_lost_do_nothing_until_they_are_reinstated(tables):
    made, state = force(24.0, 0)
    day = (0, 24 * HOUR)
    state.lose(3, SUSPENDED)
    assert made.capacity(0, tables, day, 0) == pytest.approx(24.0)
    state.lose(5, THROTTLED)
    assert made.capacity(0, tables, day, 0) == pytest.approx(24.0)
    state.lose(5, SUSPENDED)
    assert made.capacity(0, tables, day, 0) == 0.0
    assert made.paces([0], np.ones(1)).tolist() == [0.0, 24.0]
    state.reinstate(5)
    assert made.capacity(0, tables, day, 0) == pytest.approx(24.0)
    handles, rates = made.workers([0])
    assert handles.tolist() == [5]
    assert rates.tolist() == [24.0]
