"""First hits: the review that counts, the chance of a hit, and the damage of those met at once."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.scoring.metrics.first_hit import FirstHit, chance_of_one
from shamcrowd.benchmark.scoring.metrics.first_hit_damage import FirstHitDamage
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

HIT, DAMAGE = FirstHit().measure, FirstHitDamage().measure
# Accounts 0 and 1 of one campaign: its first abuse ends with review 1, by account 1.
ABUSE = [(0, 2, 1, 60), (1, 1, 1, 30), (1, 3, 1, 10)]


@pytest.mark.parametrize(("review", "hit"), [(0, True), (1, True), (2, False), (None, False)])
def test_the_review_after_the_first_abuse_is_the_last_that_counts(make_findings, review, hit):
    findings = make_findings([0, 0, -1, -1], flagged=[review, None, None, None], abuse=ABUSE)
    # One flag of four accounts hits one of the two by chance in half of the cases.
    assert HIT(findings) == pytest.approx([1 - 0.5 if hit else 0.0])


def test_flags_after_it_are_no_chance_either(make_findings):
    findings = make_findings([0, 0, -1, -1], flagged=[None, None, 1, 2], abuse=ABUSE)
    assert HIT(findings) == pytest.approx([0 - 0.5])


def test_a_campaign_without_abuse_is_left_out(make_findings):
    findings = make_findings([0, 0, 1, -1], flagged=[0, None, 0, None], abuse=ABUSE)
    assert HIT(findings) == pytest.approx([1 - (1 - 2 / 4 * 1 / 3)])
    assert DAMAGE(findings) == [0.6]
    for measure in (HIT, DAMAGE):
        with pytest.raises(NotMeasurableError, match="no abusive request"):
            measure(make_findings([0, -1], flagged=[0, None]))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(1, 12), st.data())
def test_chance_by_counting(accounts, data):
    members = data.draw(st.integers(0, accounts))
    flags = data.draw(st.integers(0, accounts))
    none = comb(accounts - members, flags) / comb(accounts, flags)
    assert chance_of_one(accounts, members, flags) == pytest.approx(1 - none)


@pytest.mark.parametrize(
    ("flagged", "share"),
    [((2, None), 0.6), ((3, None), 0.0), ((None, 1), 0.4), ((None, 2), 0.0), ((0, 0), 1.0)],
)
def test_damage_of_an_account_counts_by_its_own_first_review(make_findings, flagged, share):
    findings = make_findings([0, 0], flagged=list(flagged), abuse=ABUSE)
    assert DAMAGE(findings) == [share]
