"""What became of a campaign, and who was hurt, against figures done by hand."""

from __future__ import annotations

import pytest

from shamcrowd.benchmark.evaluation import outcomes
from shamcrowd.benchmark.evaluation.outcomes import campaign_outcomes, segment_harm
from shamcrowd.recording.units import MS_PER_HOUR

HOUR = MS_PER_HOUR


@pytest.fixture
def outcome(make_findings, monkeypatch):
    """Reviews at 1..4 h. Campaign of three: flagged at reviews 1 and 2, one never."""
    monkeypatch.setattr(outcomes, "missed", lambda features, member, alert, legitimate: "told")
    findings = make_findings(
        [0, 0, 0, -1],
        score=[5.0, 7.0, 0.0, 9.0],
        flagged=[1, 2, None, 0],
        first_abuse=[HOUR // 2, HOUR, -1, -1],
        # Review 4 is what comes after the last review.
        abuse=[(0, 0, 2, 10), (0, 2, 1, 20), (1, 2, 1, 40), (1, 4, 1, 30)],
    )
    reason = {10: "busy", 11: "shared", 12: "never flagged", 13: "innocent"}
    (found,) = campaign_outcomes(3, findings, None, reason)
    return found


def test_counts(outcome):
    assert (outcome.seed, outcome.campaign, outcome.tactic) == (3, "c0", "hydra")
    assert (outcome.accounts, outcome.flagged, outcome.requests) == (3, 2, 5)
    # After its flag at review 1 the first draws 20, after its flag at review 2 the second 30.
    assert (outcome.tokens, outcome.tokens_prevented) == (100, 50)
    assert outcome.missed == "told"


def test_hours_count_from_the_campaigns_first_abuse(outcome):
    # First abuse at 0.5 h; first flag at 2 h; two of three, the half, at 3 h.
    assert (outcome.first_flag_hours, outcome.half_hours) == (1.5, 2.5)


def test_curve(outcome):
    # Hours, share flagged, tokens drawn so far, of those let through.
    assert outcome.curve == (
        (1.0, 0.0, 10, 10),
        (2.0, pytest.approx(1 / 3), 10, 10),
        (3.0, pytest.approx(2 / 3), 70, 50),
        (4.0, pytest.approx(2 / 3), 70, 50),
    )


def test_reasons_of_flagged_members_the_highest_score_first(outcome):
    assert outcome.reasons == ("shared", "busy")


def test_never_flagged(make_findings, monkeypatch):
    monkeypatch.setattr(outcomes, "missed", lambda *groups: "")
    findings = make_findings([0, 0], flagged=[0, None], first_abuse=[0, 0], abuse=[(0, 0, 1, 1)])
    (half,) = campaign_outcomes(1, findings, None, {})
    assert half.half_hours == 1.0
    (none,) = campaign_outcomes(1, make_findings([0, 0], first_abuse=[0, 0]), None, {})
    assert none.first_flag_hours is none.half_hours is None
    assert none.reasons == ()


def test_harm_over_seeds(make_findings):
    one = make_findings([-1, -1, 0], segment=[0, 1, 0], flagged=[0, None, 0], score=[1, 0, 1])
    two = make_findings([-1, -1], segment=[0, 0], flagged=[None, 3], score=[0, 2])
    reasons = {1: {10: "first", 12: "of a sham account"}, 2: {11: "second"}}
    harm = segment_harm({1: one, 2: two}, reasons)
    assert [(h.segment, h.accounts, h.flagged, h.reasons) for h in harm] == [
        ("s0", 3, 2, ("first", "second")),
        ("s1", 1, 0, ()),
    ]
    assert harm[0].rate == pytest.approx(2 / 3)
