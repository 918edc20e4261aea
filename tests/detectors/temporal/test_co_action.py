"""Co-action network: its kernel, Newman's counts as its limit, planted crowd, null world."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.detectors.base import NO_CLUSTER
from shamcrowd.detectors.temporal.co_action import CoAction
from shamcrowd.detectors.temporal.kernel import co_actions
from shamcrowd.recording.samples import START, sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, MS_PER_HOUR
from shamcrowd.recording.view import LogView

ACTIONS = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 6)), st.integers(0, 100), min_size=1
)


@pytest.mark.parametrize("decay", [0.0, 0.03])
@given(ACTIONS)
@settings(max_examples=40, deadline=None)
def test_weights_by_their_formula(decay, actions):
    places, entities = np.array(list(actions)).T
    time = np.array(list(actions.values()))
    found = co_actions(places, entities, time, 6, decay, cap=5).toarray()
    expected = np.zeros((6, 6))
    for entity in set(entities.tolist()):
        users = [a for a, t in actions if t == entity]
        if not 2 <= len(users) <= 5:
            continue
        for a in users:
            for b in users:
                if a != b:
                    gap = abs(actions[a, entity] - actions[b, entity])
                    # Without decay: Newman's 1 / (k - 1).
                    expected[a, b] += np.exp(-decay * gap) / (len(users) - 1)
    assert found == pytest.approx(expected)


def _found(log, days=(3,)):
    detector, since = CoAction(), EARLIEST
    for day in days:
        now = log.start + int(day * MS_PER_DAY)
        findings, since = detector.review(LogView(log, now, since)), now
    return findings


def test_the_planted_crowd_comes_first():
    log = sample_log()
    found = _found(log)
    crowd = np.isin(found.account, log.crowd)
    assert (found.cluster[crowd] != NO_CLUSTER).mean() >= 0.8
    assert found.score[crowd].min() > found.score[~crowd].max()
    assert all("took up together: device with" in found.reason[i] for i in np.flatnonzero(crowd))


def test_in_the_null_world_nobody_acts_together(changed):
    own, n = np.arange(80), sample_log().tables["activity"].num_rows
    null = changed(
        accounts={"device": own, "organisation": [None] * 80, "address": own + 500},
        activity={"device": [None] * n, "card": [None] * n}, requests=None,
    )  # fmt: skip
    found = _found(null)
    assert not found.score.any()
    assert (found.cluster == NO_CLUSTER).all()


def test_many_reviews_end_where_one_does():
    log = sample_log()
    once, often = _found(log), _found(log, np.arange(1, 13) / 4)
    ours = dict(zip(once.account.tolist(), once.score.tolist(), strict=True))
    theirs = dict(zip(often.account.tolist(), often.score.tolist(), strict=True))
    assert theirs == pytest.approx(ours)


def of_one_device(changed, accounts, hours=0.0, **settings):
    """Scores and reasons of accounts that have one device from their sign-up on, and no other."""
    rest = np.arange(accounts, 80)
    created = START + np.r_[np.arange(accounts) * hours, rest * 0.5] * MS_PER_HOUR
    log = changed(
        accounts={"device": np.r_[np.full(accounts, 5), 1000 + rest],
                  "created": created.astype(np.int64), "organisation": np.arange(80)},
        activity=None, requests=None,
    )  # fmt: skip
    found = CoAction(**settings).review(LogView(log, START + 5 * MS_PER_DAY))
    order = {a: i for i, a in enumerate(found.account.tolist())}
    place = [order[a] for a in sample_log().tables["accounts"]["account"].to_pylist()[:accounts]]
    return found.score[place], [found.reason[i] for i in place]


def test_links_of_little_weight_are_left_out(changed):
    # Eleven at one moment: each pair weighs 1/10, and an account has ten of them.
    score, reason = of_one_device(changed, 11)
    assert score == pytest.approx(np.log2(11) + 1 / 2)
    assert "device with 10" in reason[0]
    assert not of_one_device(changed, 12)[0].any()
    assert of_one_device(changed, 12, least=0.09)[0].all()


def test_a_reason_names_the_links_that_count_alone(changed):
    # Three in a row, two days apart: exp(-2) / 2 = 0.068 for neighbours, less for the ends.
    assert not of_one_device(changed, 3, hours=48.0)[0].any()
    score, reason = of_one_device(changed, 3, hours=30.0)
    # Neighbours: exp(-1.25) / 2 = 0.143; the ends: exp(-2.5) / 2 = 0.041.
    assert (score > 1).all()
    assert ["device with 1" in r for r in reason] == [True, False, True]
    assert "device with 2" in reason[1]


@pytest.fixture
def sharing(changed):
    """Whether accounts score where the first ``many`` have one thing of a layer, at one time."""

    def of(layer, many, organisation=None, **settings):
        accounts, n = sample_log().tables["accounts"]["account"].to_numpy(), 80
        own = {name: np.arange(n) * 10 + i for i, name in enumerate(("device", "card", "address"))}
        own[layer] = np.where(np.arange(n) < many, own[layer][0], own[layer])
        rows = sample_log().tables["addresses"].num_rows
        log = changed(
            accounts={"device": np.arange(n) + 5000, "address": own["address"],
                      "organisation": [organisation] * n, "created": [START] * n},
            activity={"account": accounts, "device": own["device"], "card": own["card"],
                      "time": [START + 1000] * n},
            addresses={"address": np.resize(np.unique(own["address"]), rows),
                       "kind": ["residential"] * rows, "first_seen": [START] * rows},
            requests=None,
        )  # fmt: skip
        found = CoAction(**settings).review(LogView(log, log.start + 3 * MS_PER_DAY))
        order = [found.account.tolist().index(a) for a in accounts.tolist()]
        return np.asarray(found.score)[order] > 0

    return of


@pytest.mark.parametrize("layer", ["device", "card", "address"])
def test_one_layer_alone_is_enough(sharing, layer):
    score = sharing(layer, 5)
    assert score[:5].all()
    assert not score[5:].any()


def test_the_cap_of_an_entity(sharing):
    everything = {"least": 0.0}
    assert sharing("device", 60, **everything)[:60].all()
    assert not sharing("device", 61, **everything).any()


def test_colleagues_share_an_address_by_right(sharing):
    assert not sharing("address", 5, organisation=7).any()
