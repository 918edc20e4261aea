"""The blocklist knows whom the log says was caught, by then, and what they used."""

from __future__ import annotations

from functools import partial

import pytest

from shamcrowd.detectors.graph.standing_blocklist import StandingBlocklist
from shamcrowd.recording.samples import sample_log

CROWD = sample_log().crowd


@pytest.fixture
def scores(scores_after):
    return partial(scores_after, StandingBlocklist)


def near(found, known):
    """Scores of the others of the crowd."""
    return [found[a] for a in CROWD.tolist() if a != known]


@pytest.mark.parametrize("kind", ["suspension", "chargeback"])
def test_those_who_share_with_a_known_one_are_scored(scores, kind):
    one = int(CROWD[0])
    found = scores((kind, one))
    assert found[one] == 1.0
    assert max(near(found, one)) > 0
    others = [found[a] for a in found if a not in CROWD.tolist()]
    assert max(others) == 0.0


def test_what_happens_to_anybody_makes_nobody_known(scores):
    assert set(scores(("login", int(CROWD[0]))).values()) == {0.0}


def test_a_reversed_suspension_is_none(scores):
    one = int(CROWD[0])
    assert set(scores(("suspension", one), ("reinstatement", one)).values()) == {0.0}
    assert scores(("reinstatement", one), ("suspension", one))[one] == 1.0


def test_it_looks_at_what_is_known_by_then(scores):
    one = int(CROWD[0])
    assert set(scores(("suspension", one), days=(1,)).values()) == {0.0}
    assert scores(("suspension", one), days=(1, 2, 3)) == scores(("suspension", one))


def test_a_share_of_the_others_counts(scores):
    # With all but one caught, everybody that he shares with is.
    known = CROWD[1:].tolist()
    found = scores(*(("suspension", who) for who in known))
    assert found[int(CROWD[0])] >= 2.0
    # They share among themselves, and with one who is not known.
    assert all(1.0 < found[who] < 4.0 for who in known)
