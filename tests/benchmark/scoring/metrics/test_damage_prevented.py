"""Damage prevented against sums done by hand, at the edges of intervals too."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.scoring.metrics.damage_prevented import DamagePrevented
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

MEASURE = DamagePrevented().measure


def test_what_ends_with_the_review_that_flags_is_lost(make_findings):
    # Flagged at review 1. Intervals that end at reviews 0 and 1 were lost (100 + 200), those that
    # end at 2 and after the last (4) saved (30 + 70): 100/400.
    abuse = [(0, 0, 1, 100), (0, 1, 1, 200), (0, 2, 1, 30), (0, 4, 1, 70)]
    assert MEASURE(make_findings([0], flagged=[1], abuse=abuse)) == [0.25]


def test_only_the_flag_of_the_account_itself_counts(make_findings):
    # Account 0 flagged at once; account 1 of the same campaign never: 60 of 60 + 40.
    abuse = [(0, 1, 1, 60), (1, 1, 1, 40)]
    assert MEASURE(make_findings([0, 0], flagged=[0, None], abuse=abuse)) == [0.6]


def test_a_value_per_campaign_that_drew_anything(make_findings):
    # Campaign 1 drew nothing and is left out; a mean over campaigns must not count it as zero.
    abuse = [(0, 3, 1, 10), (2, 3, 1, 8)]
    findings = make_findings([0, 1, 2], flagged=[0, 0, None], abuse=abuse)
    assert MEASURE(findings) == [1.0, 0.0]


def test_nothing_and_everything_flagged(make_findings):
    abuse = [(0, 0, 1, 5), (0, 1, 1, 15)]
    assert MEASURE(make_findings([0, -1], abuse=abuse)) == [0.0]
    # Even flagged at the first review, what came before it is gone: 15 of 20.
    assert MEASURE(make_findings([0, -1], flagged=[0, 0], abuse=abuse)) == [0.75]


def test_no_abusive_request(make_findings):
    with pytest.raises(NotMeasurableError, match="no abusive request"):
        MEASURE(make_findings([-1, -1], flagged=[0, 0]))
    with pytest.raises(NotMeasurableError, match="no abusive request"):
        MEASURE(make_findings([0, -1], flagged=[0, 0]))


@settings(deadline=None, derandomize=True, max_examples=50)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 4), st.just(1), st.integers(1, 99)), min_size=1
    ),
    st.lists(st.none() | st.integers(0, 3), min_size=4, max_size=4),
)
def test_an_earlier_flag_never_prevents_less(make_findings, abuse, flagged):
    later = [None if f is None or f == 3 else f + 1 for f in flagged]
    early = MEASURE(make_findings([0, 0, 1, 1], flagged=flagged, abuse=abuse))
    late = MEASURE(make_findings([0, 0, 1, 1], flagged=later, abuse=abuse))
    assert all(0 <= b <= a <= 1 for a, b in zip(early, late, strict=True))
