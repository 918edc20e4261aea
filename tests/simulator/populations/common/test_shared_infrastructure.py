"""Shared infrastructure is created once, and sham accounts hide only in what exists."""

import numpy as np
import pytest

from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.populations.common.shared_infrastructure import SharedInfrastructure
from shamcrowd.simulator.supply.addresses import FAMILIES
from shamcrowd.simulator.supply.places import COUNTRIES, LOCALE_OF, places
from shamcrowd.simulator.supply.store import Owner, Supply


@pytest.fixture
def shared_infrastructure():
    streams = Streams(5)
    return SharedInfrastructure(Supply(streams), Owner(), 20_000)


def test_a_gateway_is_shared_and_stays_the_same(shared_infrastructure):
    rng = np.random.default_rng(1)
    country = np.zeros(5000, np.int8)
    first = shared_infrastructure.gateway(rng, country)
    again = shared_infrastructure.gateway(rng, country)
    counts = np.unique(np.append(first, again), return_counts=True)[1]
    shared = counts[counts > 1]
    assert len(shared) < 250
    assert shared.max() > 200, "hundreds share the busiest"
    assert shared.max() > 3 * shared.min(), "a few gateways carry most people"
    # The others have a prefix of the phone's own: about the country's share of IPv6.
    own = (counts == 1).sum() / 10_000
    assert 0.5 < own < 0.7


def test_phones_have_prefixes_of_their_own_by_ipv6(shared_infrastructure):
    rng = np.random.default_rng(8)
    india = np.full(1000, COUNTRIES.index("IN"), np.int8)
    handles = shared_infrastructure.gateway(rng, india)
    rows = shared_infrastructure._supply.addresses.register.rows(handles)
    six = rows["family"] == 1
    assert 0.75 < six.mean() < 0.92
    assert len(set(rows["prefix"][six])) > 0.98 * six.sum()
    assert {FAMILIES[code] for code in set(rows["family"].tolist())} == {"ipv4", "ipv6"}


def test_a_shared_line_is_of_homes_that_proxies_reach(shared_infrastructure):
    rng = np.random.default_rng(9)
    country = np.full(300, COUNTRIES.index("BR"), np.int8)
    homes = shared_infrastructure.shared_line(rng, country)
    assert len(homes) / len(np.unique(homes)) > 3
    hidden = shared_infrastructure.existing(rng, "residential", country[:100])
    assert set(hidden.tolist()) <= set(homes.tolist())


def test_gateways_belong_to_one_country(shared_infrastructure):
    rng = np.random.default_rng(2)
    country = rng.integers(len(COUNTRIES), size=3000).astype(np.int8)
    handles = shared_infrastructure.gateway(rng, country)
    values, counts = np.unique(handles, return_counts=True)
    for handle in values[counts > 1][:50]:
        assert len(np.unique(country[handles == handle])) == 1


def test_common_fingerprints_are_shared_by_about_nine(shared_infrastructure):
    rng = np.random.default_rng(3)
    locale = LOCALE_OF[places(rng.random(8000))]
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
    rows = shared_infrastructure._supply.addresses.register.rows(hidden[:600])
    assert not rows["family"].any(), "gateways only, no phone's own prefix"


def test_more_users_have_more_exits(shared_infrastructure):
    rng = np.random.default_rng(6)
    few = len(np.unique(shared_infrastructure.vpn_exit(rng, 4000, 600)))
    assert few <= 10
    other = SharedInfrastructure(Supply(Streams(5)), Owner(), 20_000)
    assert len(np.unique(other.vpn_exit(rng, 4000, 6000))) > 5 * few
