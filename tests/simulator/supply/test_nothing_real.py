"""Synthetic cards, phones, addresses and mailboxes cannot belong to anyone."""

import ipaddress
import re

import numpy as np
import pytest

from shamcrowd.simulator.core.handles import Counter
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.supply import cards as cards_module
from shamcrowd.simulator.supply.addresses import KINDS
from shamcrowd.simulator.supply.identities import names
from shamcrowd.simulator.supply.mailboxes import FREE, own_domains
from shamcrowd.simulator.supply.places import COUNTRIES, LOCALES
from shamcrowd.simulator.supply.store import Supply

MANY = 200
REAL_AREAS = {
    "+33 555": "05 55, Limoges",
    "+49 555": "055 51, Northeim",
    "+52 555": "55 5…, Mexico City",
    "+81 555": "0555, Fujiyoshida",
}


@pytest.fixture
def supply():
    return Supply(Streams(1))


@pytest.fixture
def rng():
    return np.random.default_rng(1)


@pytest.fixture
def everywhere():
    return np.repeat(np.arange(len(COUNTRIES), dtype=np.int8), MANY)


def table(register, handles):
    ids = register.ids(handles)
    return register.arrow(ids, np.zeros(len(ids), np.int64)).to_pandas()


def test_no_card_is_of_a_network(supply, rng, everywhere):
    """Networks issue from 2 to 6 and 81, and one from 9792."""
    handles = supply.cards.take(Counter(), rng, everywhere)
    bins = table(supply.cards.register, handles)["bin"]
    assert bins.str.fullmatch(r"9[0-7]\d{4}").all()
    assert not bins.str.startswith("9792").any()


def test_a_bin_is_of_one_country_and_kind(supply, rng, everywhere):
    handles = supply.cards.take(Counter(), rng, everywhere)
    known = table(supply.cards.register, handles)
    assert (known.groupby("bin")["country"].nunique() == 1).all()
    assert (known.groupby("bin")["kind"].nunique() == 1).all()
    assert set(known["kind"]) == set(cards_module.KINDS)


def test_phones_are_blocks_and_no_numbers(supply, rng, everywhere):
    handles = supply.phones.take(Counter(), rng, everywhere)
    known = table(supply.phones.register, handles)
    digits = known["block"].str.replace(r"\D", "", regex=True)
    assert known["block"].str.fullmatch(r"\+\d{1,3} \d{3} \d{3}").all()
    assert digits.str.len().max() <= 9
    assert known.groupby(known["block"].str.split(" ").str[0])["country"].nunique().max() <= 3


def test_no_phone_lies_in_a_real_area(supply, rng, everywhere):
    handles = supply.phones.take(Counter(), rng, everywhere)
    blocks = table(supply.phones.register, handles)["block"].str[:7]
    assert not set(blocks) & set(REAL_AREAS)


@pytest.mark.parametrize("kind", KINDS)
def test_addresses_are_routed_nowhere(supply, rng, everywhere, kind):
    reserved = {4: ipaddress.ip_network("240.0.0.0/4"), 6: ipaddress.ip_network("3fff::/20")}
    handles = supply.addresses.take(Counter(), rng, everywhere, kind)
    known = table(supply.addresses.register, handles)
    for prefix in known["prefix"].unique():
        block = ipaddress.ip_network(prefix)
        assert block.subnet_of(reserved[block.version])
        assert block.prefixlen == {4: 24, 6: 64}[block.version]
    assert known["asn"].between(4_200_000_000, 4_294_967_294).all()
    assert set(known["kind"]) == {kind}
    assert (known.groupby("prefix")[["country", "asn"]].nunique() == 1).all(axis=None)


def test_mailboxes_can_reach_nobody(supply, rng):
    people = names(rng, np.repeat(np.arange(len(LOCALES), dtype=np.int8), MANY))
    farms = np.array(own_domains(rng, MANY), object)
    handles = np.concatenate(
        [
            supply.mailboxes.personal(Counter(0, 4), rng, people),
            supply.mailboxes.farmed(Counter(1, 4), rng, farms),
            supply.mailboxes.role(Counter(2, 4), rng, farms),
            supply.mailboxes.in_a_row(Counter(3, 4), rng, farms, np.arange(MANY) % 60),
        ]
    )
    known = table(supply.mailboxes.register, handles)
    for domain in {*known["domain"], *FREE}:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)?\.example", domain), domain
    assert known["local"].str.fullmatch(r"[a-z]+\d{0,5}").all()
