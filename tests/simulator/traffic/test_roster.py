"""The first request of each of a campaign's accounts is reported once."""

import numpy as np

from shamcrowd.recording.units import NEVER
from shamcrowd.simulator.traffic.roster import Roster


def test_first_requests_of_sham_accounts_are_reported_once():
    roster = Roster(5.0, (20, 60, 60, 60))
    roster.groups = ["", "hydra"]
    roster.group = np.array([0, 1, 1, 1], np.int16)
    roster.account = np.array([70, 71, 72, 73], np.int32)
    roster.first_served = np.full(4, NEVER)
    accounts, times = roster.first_requests(np.array([2, 0, 1, 2], np.int32), np.arange(5, 9))
    assert (accounts.tolist(), times.tolist()) == ([71, 72], [7, 5])
    again, later = roster.first_requests(np.array([1, 3, 0], np.int32), np.arange(20, 23))
    assert (again.tolist(), later.tolist()) == ([73], [21])
    assert not len(roster.first_requests(np.array([1, 2, 3], np.int32), np.arange(3))[0])
