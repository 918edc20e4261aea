"""Sets: which count, and when one is right."""

from __future__ import annotations

import pytest

from shamcrowd.benchmark.scoring.metrics.set_precision import SetPrecision
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

MEASURE = SetPrecision().measure


@pytest.mark.parametrize(
    ("campaign", "value"),
    [
        ([0, 0, 0, 0], 1.0),
        ([0, 0, 0, -1], 1.0),
        ([0, 0, -1, -1], 0.0),  # half is not most
        ([0, 0, 1, 1], 0.0),  # of one campaign
        ([-1, -1, -1, -1], 0.0),
    ],
)
def test_most_of_one_campaign(make_findings, campaign, value):
    made = make_findings([*campaign, 0], flagged=[0] * 4 + [None], cluster=[5] * 4 + [-1])
    assert MEASURE(made) == [value]


def test_sets_are_counted_not_accounts(make_findings):
    # One right set of three, one wrong one of six.
    campaign, cluster = [0] * 3 + [-1] * 6, [2] * 3 + [0] * 6
    assert MEASURE(make_findings(campaign, flagged=[0] * 9, cluster=cluster)) == [0.5]


def test_of_a_set_only_flagged_accounts_count(make_findings):
    # Three of the set's five are flagged, all of the campaign.
    found = make_findings([0, 0, 0, -1, -1], flagged=[0, 0, 0, None, None], cluster=[1] * 5)
    assert MEASURE(found) == [1.0]
    two = make_findings([0, 0, 0, -1, -1], flagged=[0, 0, None, None, None], cluster=[1] * 5)
    with pytest.raises(NotMeasurableError, match="no set with 3 flagged"):
        MEASURE(two)


def test_nothing_to_measure(make_findings):
    with pytest.raises(NotMeasurableError, match="does not group"):
        MEASURE(make_findings([0] * 3, flagged=[0] * 3))
    with pytest.raises(NotMeasurableError, match="no campaign"):
        MEASURE(make_findings([-1] * 3, flagged=[0] * 3, cluster=[1] * 3))
