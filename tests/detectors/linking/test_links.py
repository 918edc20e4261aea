"""Links between accounts: rarity by its formula, hubs, gateways, members and mailboxes."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.detectors.linking.links import ADDRESS, CARD, DEVICE, KINDS, MAILBOX, SharedEntities
from shamcrowd.recording.samples import START, sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY
from shamcrowd.recording.view import LogView

N = 80
OWN = np.arange(N)
IDS = sample_log().tables["accounts"]["account"].to_numpy()
ROWS = {name: len(table) for name, table in sample_log().tables.items()}


@pytest.fixture
def links(changed):
    """Links of a kind as a dense matrix in the order of ``IDS``; nothing is shared but as given."""

    def of(kind, *, where="residential", moments=(3,), **given):
        accounts = {
            "created": [START] * N, "device": OWN, "address": OWN % ROWS["addresses"] + 500,
            "mailbox": OWN, "organisation": [None] * N, **given.get("accounts", {}),
        }  # fmt: skip
        log = changed(
            accounts=accounts, requests=None, activity=None,
            addresses={
                "address": 500 + np.arange(ROWS["addresses"]),
                "kind": [where] * ROWS["addresses"],
                "first_seen": [START] * ROWS["addresses"],
            },
            mailboxes={
                "mailbox": OWN, "first_seen": [START] * N,
                "local": given.get("local", ["name"] * N),
                "domain": given.get("domain", [f"d{i}.example" for i in range(N)]),
            },
        )  # fmt: skip
        entities, since = SharedEntities(), EARLIEST
        for day in moments:
            now = START + day * MS_PER_DAY
            entities.update(LogView(log, now, since))
            since = now
        place = entities.index.of(IDS)
        return _dense(entities, kind)[np.ix_(place, place)]

    return of


def _dense(entities, kind):
    found = np.zeros((len(entities.index),) * 2)
    for met in entities.link_strengths():
        found[met.one, met.other] = met.strength[:, KINDS.index(kind)]
    return found + found.T


def _first(many, own=OWN):
    """A column in which the first accounts share one entity."""
    column = own.copy()
    column[:many] = column[0]
    return column


@pytest.mark.parametrize("many", [2, 3, 10, 59])
def test_rarity_by_its_formula(links, many):
    # log(cap / n) / log(cap / 2), the cap of devices being 60: 1 for two accounts.
    found = links(DEVICE, accounts={"device": _first(many)})
    expected = np.log(60 / many) / np.log(30)
    inside = np.zeros((N, N), bool)
    inside[:many, :many] = True
    np.fill_diagonal(inside, False)
    assert found[inside] == pytest.approx(expected)
    assert not found[~inside].any()


@pytest.mark.parametrize("many", [60, 61, 80])
def test_a_hub_links_nobody(links, many):
    assert DEVICE.cap == 60
    assert not links(DEVICE, accounts={"device": _first(many)}).any()


@pytest.mark.parametrize(
    ("where", "linked"),
    [
        ("residential", True), ("hosting", True), ("vpn", True),
        ("mobile", False), ("corporate", False), ("campus", False),
    ],
)  # fmt: skip
def test_a_gateway_merges_nobody(links, where, linked):
    # 71 addresses for 80 accounts: the last nine share one with the first nine.
    found = links(ADDRESS, where=where)
    assert found.any() == linked
    if linked:
        assert found[0, ROWS["addresses"]] == pytest.approx(1.0)


def test_members_of_an_organisation_share_its_address_by_right(links):
    found = links(ADDRESS, accounts={"organisation": [7] * N})
    assert not found.any()
    # One member and one stranger on an address: nothing to link either.
    found = links(ADDRESS, accounts={"organisation": [7] + [None] * (N - 1)})
    assert not found[0].any()
    assert found[1, ROWS["addresses"] + 1] == pytest.approx(1.0)


def test_a_grammar_is_a_shape_and_a_domain(links):
    local = ["name"] * N
    local[:5] = ["anna123", "otto456", "otto45", "paulo789", "hugo67"]
    domain = [f"d{i}.example" for i in range(N)]
    assert not links(MAILBOX, local=local, domain=domain).any()
    domain[:5] = ["mail.example"] * 5
    found = links(MAILBOX, local=local, domain=domain)
    # Shapes: aaaa000 twice, aaaa00 twice (too short to tell) and aaaaa000.
    assert found[0, 1] == pytest.approx(1.0)
    assert np.count_nonzero(found) == 2


def test_names_without_digits_tell_nothing(links):
    assert not links(MAILBOX, local=["anna"] * N, domain=["mail.example"] * N).any()


def test_accounts_of_later_reviews_link_to_earlier_ones(links):
    created = np.full(N, START + MS_PER_DAY // 2)
    created[1] = START + 3 * MS_PER_DAY // 2
    given = {"device": _first(2), "created": created}
    once = links(DEVICE, accounts=given)
    twice = links(DEVICE, accounts=given, moments=(1, 2, 3))
    assert once[0, 1] == once[1, 0] == 1.0
    assert (once == twice).all()


def test_the_kinds_are_added_up():
    log = sample_log()
    entities = SharedEntities()
    entities.update(LogView(log, START + 3 * MS_PER_DAY))
    of_kind = np.stack([_dense(entities, kind) for kind in KINDS])
    assert of_kind.min() >= 0
    assert of_kind.max() == 1
    assert (of_kind.max(axis=(1, 2)) > 0).sum() > 1
    found = entities.links().toarray()
    assert found == pytest.approx(of_kind.sum(axis=0))
    assert (found == found.T).all()
    assert not np.diag(found).any()


@pytest.mark.parametrize(("kind", "most"), [(DEVICE, 59), (CARD, 99), (ADDRESS, 59), (MAILBOX, 79)])
def test_the_most_accounts_that_a_thing_of_each_kind_links(kind, most):
    for many in (most, most + 1):
        entities = SharedEntities()
        entities.index.add(np.arange(many, dtype=np.int32))
        entities.pairs(kind).add(np.arange(many), np.zeros(many, np.int64))
        pairs = sum(len(found.one) for found in entities.shared_pairs(kind))
        assert pairs == (most * (most - 1) / 2 if many == most else 0)
