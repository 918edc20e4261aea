"""Sentences about responses say what the figures carry, and no more."""

import pytest

from shamcrowd.benchmark.reports.closed_loop.response_findings import response_findings
from tests.benchmark.reports.closed_loop.conftest import policy_duel

LOW, HIGH = [1.0, 1.2, 1.1, 0.9, 1.0], [2.0, 2.3, 2.1, 1.8, 2.1]
MIXED = [1.1, 1.0, 1.3, 0.8, 1.0]
HARM = [0.010, 0.012, 0.011, 0.010, 0.013]
NONE = [0.0] * 5


@pytest.mark.parametrize(
    ("ratios", "wrong", "said"),
    [
        ([LOW, HIGH], [NONE, NONE], "in-batches deters more than at-once: ratio 2.06 against 1.04"),
        ([HIGH, LOW], [NONE, NONE], "in-batches deters less than at-once"),
        (
            [LOW, MIXED],
            [NONE, NONE],
            "in-batches and at-once show no clear difference in deterrence",
        ),
        (
            [LOW, HIGH],
            [NONE, HARM],
            "in-batches hurts more legitimate accounts: 1.1 % against 0.0 %",
        ),
        ([LOW, HIGH], [HARM, NONE], "in-batches hurts fewer legitimate accounts"),
        ([LOW, HIGH], [NONE, NONE], "Neither hurts a legitimate account."),
        ([LOW, HIGH], [HARM, HARM], "No clear difference in legitimate accounts hurt"),
    ],
)
def test_it_says_more_or_less_where_the_interval_leaves_out_zero(ratios, wrong, said):
    (line,) = response_findings(policy_duel(ratios, wrong))
    assert said in line
    assert "; 2 strategies, 5 seeds." in line


def test_few_seeds_are_told_as_few():
    (line,) = response_findings(policy_duel([LOW[:2], HIGH[:2]], [NONE[:2], NONE[:2]]))
    assert "no clear difference in deterrence" in line
    assert "2 seeds, too few for an interval" in line


def test_a_single_response_is_no_comparison(duel):
    assert response_findings(duel) == ()
