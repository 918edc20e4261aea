"""Element-centric similarity against a published vector and the walk it is defined by."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.scoring.metrics.element_centric_similarity import (
    ElementCentricSimilarity,
    element_centric,
)
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

MEASURE = ElementCentricSimilarity().measure


def by_walking(found, true, restart=0.9):
    """As Gates et al. define it: personalised PageRank on each clustering, half the L1 distance."""

    def walks(label):
        same = (label[:, None] == label[None, :]).astype(float)
        step = same / same.sum(axis=1, keepdims=True)
        # p = (1 - a) e + a p P, solved for all starts at once.
        return (1 - restart) * np.linalg.inv(np.eye(len(label)) - restart * step)

    apart = np.abs(walks(found) - walks(true)).sum(axis=1)
    return float((1 - apart / (2 * restart)).mean())


def test_the_known_vector():
    # Gold {abc}{de}, found {ab}{cde}: 2/3, 2/3, 1/3, 2/3, 2/3.
    assert element_centric(np.array([0, 0, 1, 1, 1]), np.array([0, 0, 0, 1, 1])) == pytest.approx(
        0.6
    )


labels = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=20)


@settings(deadline=None, derandomize=True, max_examples=80)
@given(labels, st.sampled_from([0.5, 0.9]))
def test_against_the_walk(pairs, restart):
    found, true = (np.array(column) for column in zip(*pairs, strict=True))
    assert element_centric(found, true) == pytest.approx(by_walking(found, true, restart))


@settings(deadline=None, derandomize=True, max_examples=40)
@given(labels, st.permutations([31, -7, 0, 12, 5]))
def test_properties(pairs, names):
    found, true = (np.array(column) for column in zip(*pairs, strict=True))
    assert 0 < element_centric(found, true) <= 1
    assert element_centric(found, true) == element_centric(true, found)
    assert element_centric(np.array(names)[found], found) == 1


def test_a_flagged_innocent_in_the_cluster(make_findings):
    # Found {a b x}, true {a b} {x}: 2/3, 2/3, 1/3.
    findings = make_findings([0, 0, -1, -1], flagged=[0, 0, 1, None], cluster=[4, 4, 4, 4])
    assert MEASURE(findings) == pytest.approx([5 / 9])


def test_not_measurable(make_findings):
    with pytest.raises(NotMeasurableError, match="does not group"):
        MEASURE(make_findings([0, 0], flagged=[0, 0]))
    with pytest.raises(NotMeasurableError, match="no sham account"):
        MEASURE(make_findings([-1], flagged=[0], cluster=[0]))
