"""B-cubed F1 against sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.scoring.metrics.b_cubed_f1 import BCubedF1, b_cubed
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

MEASURE = BCubedF1().measure


def test_by_hand():
    # Found {a b c} {d e}, true {a b} {c d e}.
    # Precision: a, b 2/3 each; c 1/3; d, e 1 each: (2/3 + 2/3 + 1/3 + 1 + 1) / 5 = 11/15.
    # Recall: a, b 1 each; c 1/3; d, e 2/3 each: (1 + 1 + 1/3 + 2/3 + 2/3) / 5 = 11/15.
    precision, recall = b_cubed(np.array([0, 0, 0, 1, 1]), np.array([5, 5, 9, 9, 9]))
    assert (precision, recall) == pytest.approx((11 / 15, 11 / 15))


def test_precision_and_recall_are_not_mixed_up():
    # All in one cluster: perfect recall. Precision (3 * 3/4 + 1 * 1/4) / 4 = 10/16.
    precision, recall = b_cubed(np.zeros(4, int), np.array([1, 1, 1, 2]))
    assert (precision, recall) == pytest.approx((10 / 16, 1.0))


def test_only_flagged_or_sham_accounts_count(make_findings):
    # Both sham accounts flagged, in one cluster; an unflagged legitimate has the same cluster.
    findings = make_findings([0, 0, -1], flagged=[0, 0, None], cluster=[4, 4, 4])
    assert MEASURE(findings) == [1.0]


def test_a_flagged_innocent_in_the_cluster_costs_precision(make_findings):
    # Found {a b x}, true {a b} {x}. Precision (2/3 + 2/3 + 1/3) / 3 = 5/9, recall 1;
    # F1 = 2 * 5/9 / (14/9) = 5/7.
    findings = make_findings([0, 0, -1], flagged=[0, 0, 1], cluster=[4, 4, 4])
    assert MEASURE(findings) == pytest.approx([5 / 7])


def test_an_unflagged_sham_account_is_on_its_own(make_findings):
    # Found {a} {b}, true {a b}: precision 1, recall 1/2, F1 = 2/3.
    findings = make_findings([0, 0], flagged=[0, None], cluster=[4, 4])
    assert MEASURE(findings) == pytest.approx([2 / 3])


def test_no_cluster_is_a_cluster_of_its_own(make_findings):
    findings = make_findings([0, 0], flagged=[0, 0], cluster=[-1, -1])
    assert MEASURE(findings) == pytest.approx([2 / 3])


def test_two_campaigns_in_one_cluster(make_findings):
    # Found {a b c d}, true {a b} {c d}: precision 1/2, recall 1, F1 = 2/3.
    findings = make_findings([0, 0, 1, 1], flagged=[0] * 4, cluster=[3] * 4)
    assert MEASURE(findings) == pytest.approx([2 / 3])


def test_flagging_nobody(make_findings):
    # Found four on their own, true {a b c d}: precision 1, recall 1/4, F1 = 2/5.
    assert MEASURE(make_findings([0] * 4 + [-1], cluster=[0] * 5)) == pytest.approx([2 / 5])


def test_not_measurable(make_findings):
    with pytest.raises(NotMeasurableError, match="does not group"):
        MEASURE(make_findings([0, 0], flagged=[0, 0]))
    with pytest.raises(NotMeasurableError, match="no sham account"):
        MEASURE(make_findings([-1, -1], flagged=[0, 0], cluster=[0, 0]))


labels = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=25)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(labels, st.permutations([31, -7, 0, 12, 5]))
def test_properties(pairs, names):
    found, true = (np.array(column) for column in zip(*pairs, strict=True))
    precision, recall = b_cubed(found, true)
    assert 0 < precision <= 1
    assert 0 < recall <= 1
    renamed = np.array(names)[found]
    assert b_cubed(renamed, true) == (precision, recall)
    assert b_cubed(renamed, found) == (1.0, 1.0)
    assert b_cubed(true, found) == (recall, precision)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(labels)
def test_against_the_definition(pairs):
    found, true = (np.array(column) for column in zip(*pairs, strict=True))
    shares = []
    for i in range(len(pairs)):
        mates = np.flatnonzero(found == found[i])
        shares.append(float((true[mates] == true[i]).mean()))
    assert b_cubed(found, true)[0] == pytest.approx(np.mean(shares))
