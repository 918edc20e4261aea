"""Lockstep groups: Jaccard by its vectors, the window, the cap, batch against stream."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.detectors import check_detector
from shamcrowd.detectors.base import NO_CLUSTER
from shamcrowd.detectors.checks.playing import moments, play
from shamcrowd.detectors.temporal.similarity import jaccard
from shamcrowd.detectors.temporal.synchrotrap import SynchroTrap
from shamcrowd.recording.samples import START, sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, MS_PER_HOUR
from shamcrowd.recording.view import LogView

IDS = sample_log().tables["accounts"]["account"].to_numpy()
N = len(IDS)


@pytest.fixture
def found(changed):
    """Findings for (account number, address, hour) actions; in the order of ``IDS``."""

    def of(actions, hours=(72,), late=0, kind="residential"):
        rows = sample_log().tables["requests"].num_rows
        entities = sample_log().tables["addresses"].num_rows
        known = np.unique([where for _, where, _ in actions])
        assert len(known) <= entities
        assert len(actions) <= rows
        who, where, hour = np.resize(np.array(actions, np.int64), (rows, 3)).T
        time = START + hour * MS_PER_HOUR + 1 + late * (who == 0)
        order = np.argsort(time, kind="stable")
        log = changed(
            accounts={"created": [START] * N, "organisation": [None] * N},
            addresses={"address": np.resize(known, entities), "kind": [kind] * entities,
                       "first_seen": [START] * entities},
            requests={"account": IDS[who[order]], "address": where[order], "time": time[order]},
        )  # fmt: skip
        detector, since = SynchroTrap(), EARLIEST
        for at in hours:
            now = START + at * MS_PER_HOUR
            findings, since = detector.review(LogView(log, now, since)), now
        order = [findings.account.tolist().index(a) for a in IDS.tolist()]
        return findings.score[order], findings.cluster[order], [findings.reason[i] for i in order]

    return of


def _moves(who, tokens):
    return [(who, token, token) for token in tokens]


def test_three_of_five_tokens(found):
    score, _, reason = found(_moves(0, [1, 2, 3, 4]) + _moves(1, [1, 2, 3, 5]))
    assert score[:2] == pytest.approx(1 + 0.6)
    assert not score[2:].any()
    assert reason[0] == (
        "asked from the same addresses in the same hours as 1 account in a group of 2: "
        "at most 3 in common, 60% alike within a day"
    )


def test_shifted_beyond_the_window_nothing_is_shared(found):
    tokens = _moves(0, [1, 2, 3, 4]) + _moves(1, [1, 2, 3, 4])
    assert found(tokens, late=MS_PER_HOUR - 2)[0][0] == pytest.approx(2.0)
    assert not found(tokens, late=MS_PER_HOUR)[0].any()


@pytest.mark.parametrize("kind", ["mobile", "corporate", "campus"])
def test_behind_a_gateway_nobody_moves_together(found, kind):
    assert not found(_moves(0, [1, 2, 3]) + _moves(1, [1, 2, 3]), kind=kind)[0].any()


def test_days_are_compared_alone(found):
    # Two tokens a day in common are too few for a link, on however many days.
    hours = [1, 2, 25, 26, 49, 50]
    score, _, _ = found(_moves(0, hours) + _moves(1, hours))
    assert score[:2] == pytest.approx(1.0)


def test_the_cap(found):
    everybody = [(who, 9, hour) for who in range(N) for hour in range(4)]
    _, cluster, _ = found(everybody)
    assert len(set(cluster.tolist())) == 1
    assert cluster[0] != NO_CLUSTER
    assert not list(jaccard([(np.arange(101), np.array([101]))], 101, cap=100))
    (all_meet,) = jaccard([(np.arange(100), np.array([100]))], 100, cap=100)
    assert len(all_meet.one) == 4950


def test_a_planted_lockstep_group_among_the_busy(found):
    rng = np.random.default_rng(4)
    noise = [(who, 1000 + int(rng.integers(60)), int(h)) for who in range(20, N)
             for h in rng.integers(72, size=12)]  # fmt: skip
    group = [(who, h % 5, h) for who in range(20) for h in range(30, 42) if rng.random() < 0.9]
    score, cluster, _ = found(noise + group)
    assert (cluster[:20] == cluster[0]).mean() >= 0.95
    assert cluster[0] != NO_CLUSTER
    assert (cluster[20:] == NO_CLUSTER).all()
    assert score[:20].min() > score[20:].max()


def test_reviews_within_a_day_end_where_one_review_does(found):
    rng = np.random.default_rng(6)
    actions = [(int(a), 9, int(h)) for a, h in
               zip(rng.integers(6, size=400), rng.integers(72, size=400), strict=True)]  # fmt: skip
    # Reviews at the ends of days: the same days are compared, whole.
    once, daily = found(actions), found(actions, (24, 48, 72))
    assert once[0] == pytest.approx(daily[0])
    assert once[0].max() > 1
    # What half a day looked like is forgotten when the day is over.
    for often in (12, 6):
        hourly = found(actions, range(often, 73, often))
        assert hourly[0] == pytest.approx(once[0])
        assert hourly[1].tolist() == once[1].tolist()
        assert hourly[2] == once[2]


def test_a_morning_alike_counts_that_day_alone(found):
    # Three common tokens in the morning; nine of one account alone in the afternoon.
    morning = _moves(0, [24, 25, 26]) + _moves(1, [24, 25, 26])
    actions = morning + _moves(0, range(36, 45)) + _moves(2, [60])
    at_noon, _, _ = found(actions, (24, 36))
    assert at_noon[:2] == pytest.approx(1 + 1.0)
    by_night, _, _ = found(actions, (24, 36, 48))
    assert by_night[:2] == pytest.approx(3 / 12)
    later, _, _ = found(actions, (24, 36, 72))
    assert later[:2] == pytest.approx(3 / 12)


@given(
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 5)), min_size=1),
    st.integers(0, 8),
    st.integers(1, 99),
)
@settings(max_examples=100, deadline=None)
def test_jaccard_is_that_of_sets(tokens, cut, at_a_time):
    entities, places = np.array(sorted(tokens)).T
    halves = [(places[w], np.unique(entities[w], return_counts=True)[1])
              for w in (entities < cut, entities >= cut)]  # fmt: skip
    mine = [{t for t, a in tokens if a == who} for who in range(6)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shamcrowd.detectors.features.shared_pairs.PAIRS_AT_A_TIME", at_a_time)
        got = list(jaccard(halves, 6, cap=10))
    pairs = [pair for g in got for pair in zip(g.one.tolist(), g.other.tolist(), strict=True)]
    assert pairs == sorted(pairs)
    found = dict(zip(pairs, np.concatenate([[], *(g.alike for g in got)]).tolist(), strict=True))
    expected = {
        (a, b): len(mine[a] & mine[b]) / len(mine[a] | mine[b])
        for a in range(6) for b in range(a + 1, 6) if mine[a] & mine[b]
    }  # fmt: skip
    assert found == pytest.approx(expected)


def test_a_day_is_forgotten_when_it_is_over(changed):
    log = changed(accounts={"organisation": [None] * N})
    detector = SynchroTrap()
    detector.review(LogView(log, START + 3 * MS_PER_DAY))
    kept = sum(len(part) for parts in detector._windows.values() for part in parts)
    last = log.rows("requests", START + 2 * MS_PER_DAY - 1, START + 3 * MS_PER_DAY, ["time"])
    assert 0 < kept <= last.num_rows


def test_keeps_the_rules_where_nobody_is_in_an_organisation(changed, monkeypatch):
    # In the sample everybody is, and nobody would be compared.
    def strangers(**given):
        return changed(sample_log(**given), accounts={"organisation": [None] * N})

    monkeypatch.setattr("shamcrowd.detectors.checks.rules.sample_log", strangers)
    monkeypatch.setattr("shamcrowd.detectors.checks.trial.sample_log", strangers)
    assert (play(SynchroTrap, strangers(), moments(strangers(), 3))[-1].score > 1).any()
    check_detector(SynchroTrap)


def test_half_alike_is_enough_and_less_is_not(found):
    score, _, _ = found(_moves(0, [1, 2, 3, 4]) + _moves(1, [1, 2, 3, 5, 6]))
    assert score[:2] == pytest.approx(1 + 3 / 6)
    score, _, reason = found(_moves(0, [1, 2, 3, 4]) + _moves(1, [1, 2, 3, 5, 6, 7]))
    assert score[:2] == pytest.approx(3 / 7)
    assert reason[0].startswith("in no group")


def test_two_accounts_are_no_cluster_and_three_are(found):
    pair = _moves(0, [1, 2, 3]) + _moves(1, [1, 2, 3])
    assert (found(pair)[1] == NO_CLUSTER).all()
    cluster = found(pair + _moves(2, [1, 2, 3]))[1]
    assert cluster[0] == cluster[1] == cluster[2] != NO_CLUSTER
