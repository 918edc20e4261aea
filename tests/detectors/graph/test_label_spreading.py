"""Suspicion spreads from caught accounts, less with each step, and to nobody else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from shamcrowd.detectors.graph.label_spreading import SPREAD, LabelSpreading, spread
from shamcrowd.recording.samples import sample_log

CROWD = sample_log().crowd


def links(*pairs, many):
    """Symmetric links (one, other, weight)."""
    table = np.zeros((many, many))
    for one, other, weight in pairs:
        table[one, other] = table[other, one] = weight
    return sparse.csr_array(table)


def test_it_is_less_with_each_step():
    level = spread(links((0, 1, 1), (1, 2, 1), (2, 3, 1), many=5), np.array([1.0, 0, 0, 0, 0]))
    assert level[1] > level[2] > level[3] > 0
    assert level[4] == 0.0


def test_a_stronger_link_carries_more():
    level = spread(links((0, 1, 3), (0, 2, 1), many=3), np.array([1.0, 0, 0]))
    assert level[1] > level[2] > 0


def test_many_caught_neighbours_count_more_than_one():
    star = links((0, 3, 1), (1, 3, 1), (2, 3, 1), (3, 4, 1), many=5)
    one, three = (spread(star, np.array(label)) for label in ([1.0, 0, 0, 0, 0], [1.0, 1, 1, 0, 0]))
    assert three[3] == pytest.approx(3 * one[3])


pairs = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(0.01, 4.0)).filter(
        lambda p: p[0] != p[1]
    ),
    max_size=20,
)


@given(pairs, st.lists(st.booleans(), min_size=8, max_size=8))
def test_it_is_the_papers_solution_and_0_out_of_reach(edges, caught):
    table, label = links(*edges, many=8), np.array(caught, float)
    level = spread(table, label)
    assert (level >= 0).all()
    strength = np.asarray(table.sum(axis=1)).ravel()
    scale = np.where(strength > 0, 1 / np.sqrt(np.maximum(strength, 1e-300)), 0)
    exact = np.linalg.solve(
        np.eye(8) - SPREAD * scale[:, None] * table.toarray() * scale, (1 - SPREAD) * label
    )
    # What is left after the last round is at most alpha to the number of rounds.
    assert np.abs(level - exact).max() <= 0.04 * np.sqrt(8)
    _, part = sparse.csgraph.connected_components(table, directed=False)
    reached = np.isin(part, part[np.array(caught, bool)])
    assert ((level > 0) == reached).all()


def test_those_linked_to_a_caught_account_are_scored_and_nobody_else(scores_after):
    one = int(CROWD[0])
    found = scores_after(LabelSpreading, ("suspension", one))
    assert found[one] == max(found.values())
    assert min(found[a] for a in CROWD.tolist()) > 0
    assert max(score for a, score in found.items() if a not in CROWD) == 0.0


def test_who_was_reinstated_spreads_nothing(scores_after):
    one = int(CROWD[0])
    happened = (("suspension", one), ("reinstatement", one))
    assert set(scores_after(LabelSpreading, *happened).values()) == {0.0}
