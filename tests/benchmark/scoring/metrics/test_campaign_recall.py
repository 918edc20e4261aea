"""Campaign recall against hypergeometric sums done by hand."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from shamcrowd.benchmark.scoring.metrics.campaign_recall import CampaignRecall, chance_of_half
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

MEASURE = CampaignRecall().measure


def test_half_of_a_campaign_is_enough(make_findings):
    # 6 accounts, campaign of 4, two of them flagged and nobody else. By chance two flags hit two
    # of the four with C(4,2)/C(6,2) = 6/15.
    findings = make_findings([0, 0, 0, 0, -1, -1], flagged=[0, 1, None, None, None, None])
    assert MEASURE(findings) == pytest.approx([1 - 6 / 15])


def test_less_than_half_is_no_hit(make_findings):
    # Campaign of 5, so that 3 are needed; 2 flagged: 0 - P(H >= 3) and two flags can't hit three.
    findings = make_findings([0] * 5 + [-1] * 3, flagged=[0, 0] + [None] * 6)
    assert MEASURE(findings) == [0.0]


def test_a_value_per_campaign(make_findings):
    # N = 5, two flags, both in campaign 0 (K = 2, one is needed): P(H >= 1) = 1 - C(3,2)/C(5,2)
    # = 7/10. Campaign 1 (K = 2) is missed at the same chance.
    findings = make_findings([0, 0, 1, 1, -1], flagged=[0, 0, None, None, None])
    assert MEASURE(findings) == pytest.approx([0.3, -0.7])


def test_flagging_everybody_earns_nothing(make_findings):
    assert MEASURE(make_findings([0, 0, 1, -1, -1], flagged=[0] * 5)) == pytest.approx([0, 0])


def test_flagging_nobody_earns_nothing(make_findings):
    assert MEASURE(make_findings([0, 0, -1])) == [0.0]


def test_no_campaign(make_findings):
    with pytest.raises(NotMeasurableError, match="no campaign"):
        MEASURE(make_findings([-1, -1], flagged=[0, None]))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(1, 12), st.data())
def test_chance_by_counting(accounts, data):
    members = data.draw(st.integers(1, accounts))
    flags = data.draw(st.integers(0, accounts))
    needed = (members + 1) // 2
    ways = sum(
        comb(members, hit) * comb(accounts - members, flags - hit)
        for hit in range(needed, min(members, flags) + 1)
        if flags - hit <= accounts - members
    )
    assert chance_of_half(accounts, members, flags) == pytest.approx(ways / comb(accounts, flags))


@pytest.mark.parametrize(
    ("accounts", "members", "flags"),
    [(100_000, 300, 1000), (1_000_000, 40, 10_000), (2000, 1500, 900), (50, 50, 7), (50, 3, 49)],
)
def test_chance_as_in_scipy(accounts, members, flags):
    least = (members + 1) // 2
    assert chance_of_half(accounts, members, flags) == pytest.approx(
        hypergeom.sf(least - 1, accounts, members, flags), rel=1e-8
    )
