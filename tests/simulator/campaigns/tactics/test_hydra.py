"""A hydra opens most of its accounts in a ramp, which is longer the more careful it is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.campaigns.evasion import Evasion
from shamcrowd.simulator.campaigns.tactics.hydra import FIRST, Hydra


@pytest.mark.parametrize(("pacing", "ramp"), [(0.0, 0.12), (1.0, 0.5)])
def test_the_first_accounts_are_open_at_the_end_of_the_ramp(pacing, ramp):
    hydra = Hydra(**Hydra.example, start="1d", duration="10d")
    campaign = SimpleNamespace(begin=0, evasion=Evasion(pacing=pacing))

    def share(part):
        return hydra._planned(campaign, int(part * 10 * MS_PER_DAY))

    assert share(ramp) == pytest.approx(FIRST)
    assert share(ramp / 2) == pytest.approx(FIRST / 2)
    assert FIRST < share((ramp + 0.9) / 2) < 1
    assert share(0.9) == share(1.0) == 1
