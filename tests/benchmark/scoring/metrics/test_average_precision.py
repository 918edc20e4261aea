"""Average precision against sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.scoring.metrics.average_precision import AveragePrecision
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

MEASURE = AveragePrecision().measure


def test_by_hand(make_findings):
    # Ranked: sham, legitimate, sham. AP = 1/2 * 1/1 + 1/2 * 2/3 = 5/6.
    assert MEASURE(make_findings([0, -1, 0], [3, 2, 1])) == pytest.approx([5 / 6])


def test_ties_are_taken_together(make_findings):
    # One step to recall 1 at precision 2/4, in whatever order the rows stand.
    assert MEASURE(make_findings([0, 0, -1, -1], [1, 1, 1, 1])) == pytest.approx([0.5])
    assert MEASURE(make_findings([-1, 0, -1, 0], [1, 1, 1, 1])) == pytest.approx([0.5])


def test_worst_order(make_findings):
    # Ranked: legitimate, legitimate, sham. AP = 1 * 1/3.
    assert MEASURE(make_findings([-1, -1, 0], [3, 2, 1])) == pytest.approx([1 / 3])


def test_no_sham_account_is_not_measurable(make_findings):
    with pytest.raises(NotMeasurableError, match="no sham account"):
        MEASURE(make_findings([-1, -1], [1, 2]))


accounts = st.lists(st.tuples(st.booleans(), st.integers(-20, 20)), min_size=2, max_size=30).filter(
    lambda rows: any(sham for sham, _ in rows)
)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(accounts)
def test_hangs_on_the_order_of_scores_only(make_findings, rows):
    campaign = [0 if sham else -1 for sham, _ in rows]
    score = np.array([s for _, s in rows], float)
    plain = MEASURE(make_findings(campaign, score))
    assert 0 <= plain[0] <= 1
    for monotone in (score * 3 - 5, np.exp(score / 10), score**3):
        assert MEASURE(make_findings(campaign, monotone)) == pytest.approx(plain)
