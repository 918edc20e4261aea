"""Shared infrastructure is created once, and sham accounts hide only in what exists."""

import numpy as np
import pytest

from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.populations.common.shared_infrastructure import SharedInfrastructure
from shamcrowd.simulator.supply.places import COUNTRIES, LOCALES
from shamcrowd.simulator.supply.store import Owner, Supply


@pytest.fixture
def shared_infrastructure():
    streams = Streams(5)
    return SharedInfrastructure(Supply(streams), Owner(), 20_000)


def test_a_gateway_is_shared_and_stays_the_same(shared_infrastructure):
    rng = np.random.default_rng(1)
    country = np.zeros(2000, np.int8)
    first, again = (
        shared_infrastructure.gateway(rng, country),
        shared_infrastructure.gateway(rng, country),
    )
    assert len(np.unique(first)) <= 24
    assert set(again.tolist()) <= set(first.tolist()) | set(again.tolist())
    assert len(np.unique(np.append(first, again))) <= 24
    counts = np.unique(first, return_counts=True)[1]
    assert counts.max() > 3 * counts.min(), "a few gateways carry most people"


def test_gateways_belong_to_one_country(shared_infrastructure):
    rng = np.random.default_rng(2)
    country = rng.integers(len(COUNTRIES), size=3000).astype(np.int8)
    handles = shared_infrastructure.gateway(rng, country)
    for handle in np.unique(handles)[:50]:
        assert len(np.unique(country[handles == handle])) == 1


def test_common_fingerprints_are_shared_by_about_nine(shared_infrastructure):
    rng = np.random.default_rng(3)
    weights = np.full(len(LOCALES), 1 / len(LOCALES))
    locale = rng.choice(len(LOCALES), size=8000, p=weights).astype(np.int8)
    device = shared_infrastructure.device(rng, locale, 0.4)
    counts = np.unique(device, return_counts=True)[1]
    assert 6 < counts.mean() < 14


def test_nothing_exists_before_it_is_used(shared_infrastructure):
    rng = np.random.default_rng(4)
    assert (shared_infrastructure.existing(rng, "device", np.zeros(5, np.int8)) == -1).all()


def test_shams_hide_in_their_own_country_and_make_nothing(shared_infrastructure):
    rng = np.random.default_rng(5)
    home = shared_infrastructure.gateway(rng, np.zeros(500, np.int8))
    away = shared_infrastructure.gateway(rng, np.ones(500, np.int8))
    hidden = shared_infrastructure.existing(
        rng, "mobile", np.array([0] * 300 + [1] * 300 + [2] * 10, np.int8)
    )
    assert set(hidden[:300].tolist()) <= set(home.tolist())
    assert set(hidden[300:600].tolist()) <= set(away.tolist())
    assert (hidden[600:] == -1).all()


def test_more_users_have_more_exits(shared_infrastructure):
    rng = np.random.default_rng(6)
    few = len(np.unique(shared_infrastructure.vpn_exit(rng, 4000, 600)))
    assert few <= 10
    other = SharedInfrastructure(Supply(Streams(5)), Owner(), 20_000)
    assert len(np.unique(other.vpn_exit(rng, 4000, 6000))) > 5 * few
