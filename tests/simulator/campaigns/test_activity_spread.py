"""How many accounts of a campaign never work: what the scenario says, or the tactic's reserve."""

import numpy as np
import pytest

from shamcrowd.simulator.campaigns.activity_spread import PAID_RESERVE, RESERVE, ActivitySpread
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.registry import tactics

PAID = {"relay", "narrow-deep", "corporate-front", "cloud-marketplace", "shared-subscription"}


@pytest.mark.parametrize(("spares", "idle"), [(None, RESERVE), (0.0, 0.0), (0.9, 0.9)])
def test_a_scenario_may_state_it_and_state_none(spares, idle):
    rates = ActivitySpread.of(1.0, spares, RESERVE).rates(Streams(1)("rates"), 20_000)
    assert (rates == 0).mean() == pytest.approx(idle, abs=0.015)


def test_one_account_works_at_least():
    rates = ActivitySpread.of(0.0, 0.9, RESERVE).rates(Streams(1)("rates"), 1)
    assert np.array_equal(rates, [1.0])


def test_who_pays_for_each_account_leaves_few_idle():
    for name, tactic in tactics().items():
        assert tactic.reserve == PAID_RESERVE if name in PAID else tactic.reserve >= RESERVE, name
