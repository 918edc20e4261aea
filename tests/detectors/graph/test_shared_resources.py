"""Links need two kinds of rare entities; hubs and gateways link nobody."""

import numpy as np
import pytest

from shamcrowd.detectors.base import NO_CLUSTER
from shamcrowd.detectors.graph.shared_resources import SharedResources
from shamcrowd.detectors.linking.links import ADDRESS, CARD, DEVICE
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

N = 80
OWN = np.arange(N)


@pytest.fixture
def found(changed):
    """Findings where the first accounts share what is named; nobody else shares anything."""

    def of(kind="residential", **shared):
        """`shared`: how many of the first accounts share one address, device or card."""
        ids = {name: OWN * 10 + place for place, name in enumerate(("address", "device", "card"))}
        for name, many in shared.items():
            ids[name] = ids[name].copy()
            ids[name][:many] = ids[name][0]
        account = sample_log().tables["accounts"]["account"].to_numpy()
        log = changed(
            accounts={"address": ids["address"], "device": ids["device"],
                      "organisation": [None] * N, "created": [sample_log().start] * N},
            activity={"account": account, "kind": ["card_added"] * N, "card": ids["card"],
                      "device": ids["device"], "time": [sample_log().start + 1000] * N},
            requests={"account": np.resize(account, len(sample_log().tables["requests"])),
                      "address": np.resize(ids["address"], len(sample_log().tables["requests"]))},
            addresses={"address": np.resize(np.unique(ids["address"]), 71), "kind": [kind] * 71},
            mailboxes={"mailbox": sample_log().tables["accounts"]["mailbox"].to_numpy(),
                       "local": [f"name{'abcdefgh'[i % 8]}" for i in range(N)],
                       "domain": [f"d{i}.example" for i in range(N)]},
        )  # fmt: skip
        findings = SharedResources().review(LogView(log, log.start + 3 * MS_PER_DAY))
        order = [findings.account.tolist().index(a) for a in account.tolist()]
        return np.asarray(findings.score)[order], findings.cluster[order]

    return of


def test_two_kinds_link(found):
    score, cluster = found(address=5, device=5)
    assert len(set(cluster[:5].tolist())) == 1
    assert cluster[0] != NO_CLUSTER
    assert (cluster[5:] == NO_CLUSTER).all()
    assert score[:5].min() > score[5:].max()


@pytest.mark.parametrize("kind", ["address", "device", "card"])
def test_one_kind_alone_links_nobody(found, kind):
    _, cluster = found(**{kind: 5})
    assert (cluster == NO_CLUSTER).all()


def test_a_pair_is_scored_but_is_no_cluster(found):
    score, cluster = found(address=2, card=2)
    assert score[:2].min() > score[2:].max()
    assert (cluster == NO_CLUSTER).all()


def test_larger_groups_score_higher(found):
    assert found(address=9, card=9)[0][0] > found(address=4, card=4)[0][0]


@pytest.mark.parametrize("kind", ["mobile", "corporate", "campus"])
def test_a_gateway_links_nobody(found, kind):
    _, cluster = found(kind, address=5, device=5)
    assert (cluster == NO_CLUSTER).all()


def test_above_the_cap_a_thing_says_nothing(found):
    many = ADDRESS.cap + 1
    assert many <= N
    assert DEVICE.cap == ADDRESS.cap < CARD.cap
    _, cluster = found(address=many, device=many)
    assert (cluster == NO_CLUSTER).all()


def test_the_planted_crowd_comes_first():
    log = sample_log()
    findings = SharedResources().review(LogView(log, log.start + 3 * MS_PER_DAY))
    crowd = np.isin(findings.account, log.crowd)
    assert findings.score[crowd].min() > findings.score[~crowd].max()
    grouped = findings.cluster != NO_CLUSTER
    assert grouped[crowd].mean() >= 0.5
    told = [r for r, g in zip(findings.reason, grouped.tolist(), strict=True) if g]
    assert all("shares" in reason for reason in told)


def test_common_things_link_nobody_though_they_are_of_two_kinds(found):
    # 2 log(60 / n) / log(30) is 0.617 for 21 accounts and 0.590 for 22; 0.6 is needed.
    assert found(address=21, device=21)[1][0] != NO_CLUSTER
    assert (found(address=22, device=22)[1] == NO_CLUSTER).all()
