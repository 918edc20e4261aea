"""Members of a team follow its first account, each at a moment of its own."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.populations.small_teams import SmallTeams

SIZES = np.array([3, 60, 12] * 200)


@pytest.mark.parametrize("room", [MS_PER_DAY // 4, 90 * MS_PER_DAY])
def test_members_follow_within_the_room_and_never_together(room):
    first = np.repeat(np.arange(len(SIZES)) * 1000, SIZES)
    end = int(first[-1]) + room
    times = SmallTeams._follow(np.random.default_rng(1), first, SIZES, end)
    assert (times >= first).all()
    assert (times < end).all()
    team = np.repeat(np.arange(len(SIZES)), SIZES)
    alike = len(times) - len(np.unique(np.stack([team, times]), axis=1).T)
    assert alike < 0.001 * len(times)
    one = SmallTeams._follow(np.random.default_rng(1), first[:24], 12, end)
    assert (one >= first[:24]).all()
