"""Communities by shared addresses: two are needed, disjoint pools split, hubs say nothing."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from shamcrowd.detectors import check_detector
from shamcrowd.detectors.base import NO_CLUSTER
from shamcrowd.detectors.checks.playing import moments, play
from shamcrowd.detectors.graph.evil_cohort import EvilCohort
from shamcrowd.detectors.linking.communities import communities
from shamcrowd.recording.errors import MissingExtraError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

N = 80
IDS = sample_log().tables["accounts"]["account"].to_numpy()


@pytest.fixture
def found(changed):
    """Findings where account i signed up from ``first[i]`` and once asked from ``second[i]``."""

    def of(first, second, kind="residential"):
        known = np.unique(np.concatenate([first, second]))
        tables = sample_log().tables
        rows, entities = tables["requests"].num_rows, tables["addresses"].num_rows
        assert len(known) <= entities
        log = changed(
            accounts={"address": first, "organisation": [None] * N,
                      "created": sample_log().start + np.arange(N)},
            requests={"account": np.resize(IDS, rows), "address": np.resize(second, rows)},
            addresses={"address": np.resize(known, entities), "kind": [kind] * entities,
                       "first_seen": [sample_log().start] * entities},
        )  # fmt: skip
        findings = EvilCohort().review(LogView(log, log.start + 3 * MS_PER_DAY))
        order = [findings.account.tolist().index(a) for a in IDS.tolist()]
        return findings.score[order], findings.cluster[order], [findings.reason[i] for i in order]

    return of


# Eight pools of ten accounts, two addresses each.
POOL = np.arange(N) // 10


def test_disjoint_pools_split(found):
    score, cluster, reason = found(POOL * 2, POOL * 2 + 1)
    assert len(set(cluster.tolist())) == 8
    assert all(len(set(cluster[p == POOL].tolist())) == 1 for p in range(8))
    # log2(10) and two shared addresses.
    assert score == pytest.approx(np.log2(10) + 2 / 3)
    assert reason[0] == (
        "in a community of 10 accounts; shares 2.0 addresses on average with each of 9 of them"
    )


def test_one_shared_address_is_no_community(found):
    score, cluster, _ = found(POOL, POOL)
    assert (cluster == NO_CLUSTER).all()
    assert score == pytest.approx(0.5)


@pytest.mark.parametrize("kind", ["mobile", "corporate", "campus"])
def test_gateways_link_nobody(found, kind):
    score, cluster, _ = found(POOL * 2, POOL * 2 + 1, kind)
    assert (cluster == NO_CLUSTER).all()
    assert not score.any()


def test_above_the_cap_an_address_says_nothing(found):
    score, _, _ = found(np.zeros(N, int), np.ones(N, int))
    assert not score.any()


def test_without_the_extra_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "sknetwork.clustering", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'shamcrowd\[graph\]'"):
        EvilCohort()


def test_two_cliques_on_a_bridge_split():
    dense = np.zeros((20, 20))
    dense[:10, :10] = dense[10:, 10:] = 1
    dense[9, 10] = dense[10, 9] = 1
    np.fill_diagonal(dense, 0)
    label = communities(sparse.csr_array(dense), np.arange(20))
    assert sorted(set(label.tolist())) == [0, 1]
    assert len(set(label[:10].tolist())) == len(set(label[10:].tolist())) == 1


def test_one_knit_group_stays_whole():
    # Half of all links at random: Louvain would split it.
    rng = np.random.default_rng(2)
    dense = np.triu(rng.random((12, 12)) < 0.5, 1).astype(float)
    assert (communities(sparse.csr_array(dense + dense.T), np.arange(12)) == 0).all()


@given(st.permutations(range(20)))
@settings(max_examples=20, deadline=None)
def test_places_change_nothing(order):
    rng = np.random.default_rng(8)
    dense = np.triu(rng.random((20, 20)) < 0.15, 1).astype(float)
    dense += dense.T
    moved = np.array(order)
    plain = communities(sparse.csr_array(dense), np.arange(20))
    other = communities(sparse.csr_array(dense[np.ix_(moved, moved)]), moved)
    assert ((plain[moved][:, None] == plain[moved][None]) == (other[:, None] == other[None])).all()


def test_keeps_the_rules_where_nobody_is_in_an_organisation(changed, monkeypatch):
    # In the sample everybody is, and no address would link them.
    def strangers(**given):
        return changed(sample_log(**given), accounts={"organisation": [None] * N})

    monkeypatch.setattr("shamcrowd.detectors.checks.rules.sample_log", strangers)
    monkeypatch.setattr("shamcrowd.detectors.checks.trial.sample_log", strangers)
    assert play(EvilCohort, strangers(), moments(strangers(), 3))[-1].score.any()
    check_detector(EvilCohort)
