"""A campaign that begins with the recording has accounts that are older."""

from types import SimpleNamespace

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.campaigns.stock import STOCK_DAYS, Stock
from shamcrowd.simulator.campaigns.tactics.elicitation import Elicitation
from shamcrowd.simulator.core.streams import Streams

START = 1_000 * MS_PER_DAY
PLANNED = START + np.arange(100) * 1000


def _campaign(begin=START, now=START):
    context = SimpleNamespace(start=START, now=now, streams=Streams(3))
    return SimpleNamespace(name="c", begin=begin, context=context)


def test_a_share_of_its_accounts_is_older_than_the_recording():
    found = Stock(_campaign(), 0.35).sign_ups(PLANNED)
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
    assert Stock(campaign, share).sign_ups(PLANNED) is PLANNED


def test_who_opens_accounts_as_it_needs_them_opens_all_of_its_stock_at_the_start():
    stock = Stock(_campaign(), 0.35)
    wanted = round(1000 * stock.planned(0.05))
    assert wanted == 382
    found = stock.sign_ups(START + np.arange(wanted) * 1000)
    assert (found < START).sum() == 350
    assert stock.planned(1.0) == 1.0


@pytest.mark.parametrize("campaign", [_campaign(begin=START + 1), _campaign()])
def test_without_stock_the_tactics_plan_holds(campaign):
    share = 0.35 if campaign.begin > START else 0.0
    assert Stock(campaign, share).planned(0.2) == 0.2


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
