"""A campaign that begins with the recording has accounts that are older."""

from types import SimpleNamespace

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.campaigns.stock import STOCK_DAYS, with_stock
from shamcrowd.simulator.campaigns.tactics.elicitation import Elicitation
from shamcrowd.simulator.core.streams import Streams

START = 1_000 * MS_PER_DAY
PLANNED = START + np.arange(100) * 1000


def _campaign(begin=START, now=START):
    context = SimpleNamespace(start=START, now=now, streams=Streams(3))
    return SimpleNamespace(name="c", begin=begin, context=context)


def test_a_share_of_its_accounts_is_older_than_the_recording():
    found = with_stock(_campaign(), 0.35, PLANNED)
    old = found[found < START]
    assert len(found) == 100
    assert len(old) == 35
    assert (np.diff(found) >= 0).all()
    assert old.min() >= START - 1 - STOCK_DAYS * MS_PER_DAY
    assert np.median(START - old) > 30 * MS_PER_DAY
    assert np.isin(found[found >= START], PLANNED).all()


@pytest.mark.parametrize(
    ("campaign", "share"),
    [(_campaign(), 0.0), (_campaign(begin=START + 1), 0.5), (_campaign(now=START + 1), 0.5)],
)
def test_none_is_if_it_begins_later_or_has_no_stock(campaign, share):
    assert with_stock(campaign, share, PLANNED) is PLANNED


@pytest.mark.parametrize(
    ("settings", "share"),
    [
        ({"evasion": {"ageing": 0.5}}, 0.35),
        ({"evasion": {"ageing": 0.0}}, 0.0),
        ({"stock": 1.0}, 1),
    ],
)
def test_ageing_says_how_many_unless_the_scenario_does(settings, share):
    tactic = Elicitation(accounts=10, exchanges=10, start="0d", duration="9d", **settings)
    assert tactic.stocked == pytest.approx(share)
