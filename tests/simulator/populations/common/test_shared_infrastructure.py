"""What strangers have in common is made once, and shams hide only in what is there."""

import numpy as np
import pytest

from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.populations.common.shared_infrastructure import Commons
from shamcrowd.simulator.supply.places import COUNTRIES, LOCALES
from shamcrowd.simulator.supply.store import Owner, Supply


@pytest.fixture
def commons():
    streams = Streams(5)
    return Commons(Supply(streams), Owner(), 20_000)


def test_a_gateway_is_shared_and_stays_the_same(commons):
    rng = np.random.default_rng(1)
    country = np.zeros(2000, np.int8)
    first, again = commons.gateway(rng, country), commons.gateway(rng, country)
    assert len(np.unique(first)) <= 24
    assert set(again.tolist()) <= set(first.tolist()) | set(again.tolist())
    assert len(np.unique(np.append(first, again))) <= 24
    counts = np.unique(first, return_counts=True)[1]
    assert counts.max() > 3 * counts.min(), "a few gateways carry most people"


def test_gateways_belong_to_one_country(commons):
    rng = np.random.default_rng(2)
    country = rng.integers(len(COUNTRIES), size=3000).astype(np.int8)
    handles = commons.gateway(rng, country)
    for handle in np.unique(handles)[:50]:
        assert len(np.unique(country[handles == handle])) == 1


def test_common_fingerprints_are_shared_by_about_nine(commons):
    rng = np.random.default_rng(3)
    weights = np.full(len(LOCALES), 1 / len(LOCALES))
    locale = rng.choice(len(LOCALES), size=8000, p=weights).astype(np.int8)
    device = commons.device(rng, locale, 0.4)
    counts = np.unique(device, return_counts=True)[1]
    assert 6 < counts.mean() < 14


def test_nobody_can_hide_where_nothing_is(commons):
    rng = np.random.default_rng(4)
    assert (commons.blend_in(rng, "device", np.zeros(5, np.int8)) == -1).all()


def test_shams_hide_in_their_own_country_and_make_nothing(commons):
    rng = np.random.default_rng(5)
    home = commons.gateway(rng, np.zeros(500, np.int8))
    away = commons.gateway(rng, np.ones(500, np.int8))
    hidden = commons.blend_in(rng, "mobile", np.array([0] * 300 + [1] * 300 + [2] * 10, np.int8))
    assert set(hidden[:300].tolist()) <= set(home.tolist())
    assert set(hidden[300:600].tolist()) <= set(away.tolist())
    assert (hidden[600:] == -1).all()


def test_more_users_have_more_exits(commons):
    rng = np.random.default_rng(6)
    few = len(np.unique(commons.tunnel(rng, 4000, 600)))
    assert few <= 10
    other = Commons(Supply(Streams(5)), Owner(), 20_000)
    assert len(np.unique(other.tunnel(rng, 4000, 6000))) > 5 * few
