"""Dynamic addresses: who changes, when, to what, and that no owner changes another's."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.core.handles import Counter
from shamcrowd.simulator.core.per_handle import PerHandle
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.supply.leases import moved
from shamcrowd.simulator.supply.places import countries
from shamcrowd.simulator.supply.store import Supply

MANY = 6000


@pytest.fixture
def supply():
    return Supply(Streams(1))


@pytest.fixture
def homes(supply):
    rng = np.random.default_rng(1)
    counter = Counter()
    return supply.addresses.take(counter, rng, countries(rng.random(MANY)), "residential")


def test_a_home_keeps_its_operator_and_country(supply, homes):
    supply.leases.use(homes, np.zeros(MANY, np.int64))
    old, new = supply.leases.due(10_000 * MS_PER_DAY)
    assert np.array_equal(old, np.sort(homes))
    assert not set(new.tolist()) & set(old.tolist())
    before, after = supply.addresses.register.rows(old), supply.addresses.register.rows(new)
    for name in ("asn", "country", "kind", "family"):
        assert (before[name] == after[name]).all(), name
    six = before["family"] == 1
    # The prefix of a home by IPv6 stays; by IPv4 another block of the operator's is likely.
    assert (before["prefix"][six] == after["prefix"][six]).all()
    assert 0.4 < (before["prefix"][~six] != after["prefix"][~six]).mean() < 1


def test_some_providers_renew_daily_and_others_keep_addresses_for_months(supply, homes):
    supply.leases.use(homes, np.zeros(MANY, np.int64))
    rows = supply.addresses.register.rows(homes)
    four = homes[rows["family"] == 0]
    changed = np.isin(four, supply.leases.due(3 * MS_PER_DAY)[0])
    days = supply.addresses.lease_days(four)
    assert set(np.unique(days)) == {1.0, 14.0, 120.0}
    assert changed[days == 1].mean() == pytest.approx(1 - np.exp(-3), abs=0.04)
    assert changed[days == 14].mean() == pytest.approx(1 - np.exp(-3 / 14), abs=0.05)
    assert changed[days == 120].mean() == pytest.approx(1 - np.exp(-3 / 120), abs=0.02)


def test_only_addresses_that_are_used_change(supply, homes):
    supply.leases.use(homes[:10], np.zeros(10, np.int64))
    assert set(supply.leases.due(10_000 * MS_PER_DAY)[0]) == set(homes[:10])
    assert not len(supply.leases.due(20_000 * MS_PER_DAY)[0])


def test_a_change_is_after_the_use_and_due_at_its_moment(supply, homes):
    start = 5 * MS_PER_DAY
    supply.leases.use(homes, np.full(MANY, start))
    supply.leases.use(homes, np.full(MANY, start + MS_PER_DAY))
    assert not len(supply.leases.due(start)[0])
    first = int(supply.leases._until.min())
    assert not len(supply.leases.due(first - 1)[0])
    assert len(supply.leases.due(first)[0]) == 1


@pytest.mark.parametrize("kind", ["corporate", "campus", "hosting", "vpn"])
def test_others_never_change(supply, kind):
    rng = np.random.default_rng(2)
    handles = supply.addresses.take(Counter(), rng, countries(rng.random(300)), kind)
    supply.leases.use(handles, np.zeros(300, np.int64))
    assert not len(supply.leases.due(10_000 * MS_PER_DAY)[0])


def test_gateways_never_change_and_phones_move_to_another_prefix(supply):
    rng = np.random.default_rng(2)
    counter, country = Counter(), countries(rng.random(300))
    gateways = supply.addresses.take(counter, rng, country, "mobile", ipv6=False, fixed=True)
    phones = supply.addresses.take(counter, rng, country, "mobile", ipv6=True)
    supply.leases.use(np.append(gateways, phones), np.zeros(600, np.int64))
    old, new = supply.leases.due(10_000 * MS_PER_DAY)
    assert set(old) == set(phones)
    before, after = (supply.addresses.register.rows(each)["prefix"] for each in (old, new))
    assert (before != after).mean() > 0.98


def test_a_campaign_changes_no_number_of_anybody_elses():
    def played(campaign):
        supply, rng = Supply(Streams(1)), np.random.default_rng(3)
        honest, sham = Counter(), Counter(1, of=3, campaign=True)
        homes = supply.addresses.take(honest, rng, np.zeros(50, np.int8), "residential")
        used = homes
        if campaign:
            other = np.random.default_rng(4)
            exits = supply.addresses.take(sham, other, np.zeros(20, np.int8), "residential")
            used = np.append(exits, homes)
        supply.leases.use(used, np.zeros(len(used), np.int64))
        old, new = supply.leases.due(10_000 * MS_PER_DAY)
        assert (sham.owns(old) == sham.owns(new)).all()
        return dict(zip(old[honest.owns(old)], new[honest.owns(old)], strict=True))

    assert played(campaign=False) == played(campaign=True)


def test_what_was_bought_before_is_found_under_its_present_address(supply, homes):
    for day in (1000, 2000):
        now = supply.leases.current(homes)
        supply.leases.use(now, np.full(MANY, (day - 1000) * MS_PER_DAY))
        supply.leases.due(day * MS_PER_DAY)
    last = supply.leases.current(homes)
    assert (last != homes).mean() > 0.99
    assert np.array_equal(supply.leases.current(last), last)


def test_moved_finds_all_places():
    none = np.empty(0, np.int64)
    assert not len(moved(np.array([1, 2]), none, none)[0])
    at, new = moved(np.array([1, 5, 1, 7]), np.array([1, 7]), np.array([8, 9]))
    assert (at.tolist(), new.tolist()) == ([0, 2, 3], [8, 8, 9])


def test_values_of_handles_that_were_never_set():
    values = PerHandle(np.float32, 0.0)
    assert values.get(np.array([0, 1 << 30])).tolist() == [0.0, 0.0]
    values.set(np.array([3]), 2.5)
    assert values.get(np.array([3, 4, 10, 1 << 30 | 3])).tolist() == [2.5, 0.0, 0.0, 0.0]
