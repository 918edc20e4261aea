"""Networks: operators hold blocks, blocks have neighbours, IPv6 follows the country."""

import numpy as np
import pytest

from shamcrowd.simulator.core.handles import Counter
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.supply.networks import KINDS, OPERATORS, Networks
from shamcrowd.simulator.supply.places import COUNTRIES, COUNTRY_TABLE, countries
from shamcrowd.simulator.supply.store import Supply

MANY = 20_000


@pytest.fixture
def rng():
    return np.random.default_rng(1)


@pytest.fixture
def taken(rng):
    supply = Supply(Streams(1), MANY)
    country = countries(rng.random(MANY))
    handles = supply.addresses.take(Counter(), rng, country, "residential")
    register = supply.addresses.register
    ids = register.ids(handles)
    return register.arrow(ids, np.zeros(len(ids), np.int64)).to_pandas()


def test_pools_are_dense_and_uneven(taken):
    by_block = taken[taken["family"] == "ipv4"].groupby("prefix").size()
    # Weighted by address: how many neighbours somebody has.
    neighbours = np.repeat(by_block.to_numpy(), by_block.to_numpy())
    assert 8 < np.median(neighbours) < 60
    assert by_block.max() > 30
    assert by_block.max() <= 254
    assert (by_block == 1).any()


def test_ipv6_is_as_usual_as_in_the_country(taken):
    share = (taken["family"] == "ipv6").groupby(taken["country"].astype(str)).mean()
    many = taken["country"].value_counts()
    expected = {each.code: each.ipv6 / 100 for each in COUNTRY_TABLE}
    for code in many.index[many > 600]:
        assert share[code] == pytest.approx(expected[code], abs=0.25), code
    weighted = sum(expected[c] * n for c, n in many.items()) / many.sum()
    assert (taken["family"] == "ipv6").mean() == pytest.approx(weighted, abs=0.08)


def test_households_have_prefixes_of_their_own_by_ipv6(taken):
    six = taken[taken["family"] == "ipv6"]
    assert six["prefix"].nunique() > 0.98 * len(six)
    # Pools of neighbours: sixteen /48 lie together.
    pool = six["prefix"].str.extract(r"^(3fff:[0-9a-f]+:[0-9a-f]*?)[0-9a-f]:")[0]
    assert pool.value_counts().iloc[0] > 10


def test_the_largest_operator_has_its_share(taken):
    us = taken[taken["country"] == "US"]
    shares = us["asn"].value_counts(normalize=True)
    wanted = np.array(OPERATORS["residential"]) / sum(OPERATORS["residential"])
    assert shares.iloc[0] == pytest.approx(wanted[0], abs=0.03)
    assert len(shares) == len(wanted)


@pytest.mark.parametrize("accounts", [1, 100, 50_000_000])
def test_every_world_fits_into_the_reserved_space(accounts):
    rng = np.random.default_rng(2)
    networks = Networks(rng, accounts)
    count = 3000
    country = (np.arange(count) % len(COUNTRIES)).astype(np.int8)
    word = rng.integers(2**63, size=count).astype(np.uint64)
    for kind in range(len(KINDS)):
        for luck in (rng.random(count), np.zeros(count), np.full(count, np.nextafter(1, 0))):
            four = networks.lines(country, kind, luck, word, ipv6=False)
            assert four.number.min() >= 0
            assert four.number.max() < 2**20
            six = networks.lines(country, kind, luck, word, ipv6=True)
            assert six.number.min() >= 0
            # The second group of 3fff::/20 has twelve bits.
            assert (six.number >> 32).max() < 2**12
            assert six.asn.max() <= 4_294_967_294


def test_hosting_blocks_have_unrelated_customers(rng):
    supply = Supply(Streams(1), MANY)
    country = countries(rng.random(600))
    handles = supply.addresses.take(Counter(), rng, country, "hosting", ipv6=False)
    rows = supply.addresses.register.rows(handles)
    users = np.unique(rows["prefix"], return_counts=True)[1]
    assert np.repeat(users, users).mean() > 2
    # One provider is the same system in every country.
    asn, at = np.unique(rows["asn"], return_inverse=True)
    assert len(asn) <= len(OPERATORS["hosting"])
    largest = np.argmax(np.bincount(at))
    assert len(set(country[at == largest].tolist())) > 10


def test_a_narrow_choice_is_of_few_neighbouring_blocks(rng):
    supply = Supply(Streams(1), MANY)
    country = np.zeros(500, np.int8)
    wide, narrow = (
        supply.addresses.register.rows(
            supply.addresses.take(Counter(n, 2), rng, country, "residential", luck=luck, ipv6=False)
        )["prefix"]
        for n, luck in enumerate((rng.random(500), 0.3 + 0.02 * rng.random(500)))
    )
    assert len(set(narrow)) < 60 < len(set(wide))


def test_a_block_is_the_same_for_equal_numbers(rng):
    supply = Supply(Streams(1), MANY)
    country = np.zeros(40, np.int8)
    block = np.repeat([7, 8], 20)
    handles = supply.addresses.take(Counter(), rng, country, "corporate", block)
    prefix = supply.addresses.register.rows(handles)["prefix"]
    assert len(set(prefix[:20])) == len(set(prefix[20:])) == 1


def test_devices_behind_one_line_differ_by_ipv6_only(rng):
    supply = Supply(Streams(1), MANY)
    counter = Counter()
    country = np.zeros(400, np.int8)
    handles = supply.addresses.take(counter, rng, country, "residential")
    neighbours = supply.addresses.nearby(counter, handles)
    register = supply.addresses.register
    before, after = register.rows(handles), register.rows(neighbours)
    for name in before:
        assert (before[name] == after[name]).all()
    six = before["family"] == 1
    assert 0 < six.sum() < 400
    assert (neighbours[~six] == handles[~six]).all()
    assert not set(neighbours[six]) & set(handles)
