"""Communities within communities: nested, connected, small enough, whatever ids and rows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse import csgraph

from shamcrowd.detectors.base import NO_CLUSTER
from shamcrowd.detectors.linking.hierarchy import hierarchy


def cliques(*sizes, bridges=(), weight=0.5):
    n = sum(sizes)
    dense, first = np.zeros((n, n)), 0
    for size in sizes:
        dense[first : first + size, first : first + size] = 1
        first += size
    for a, b in bridges:
        dense[a, b] = dense[b, a] = weight
    np.fill_diagonal(dense, 0)
    return sparse.csr_array(dense)


def groups(label):
    return sorted(sorted(np.flatnonzero(label == c).tolist()) for c in set(label.tolist()) - {-1})


def test_planted_cliques_in_a_row_are_found():
    # Thirty cliques of five in a ring: modularity over all of it joins neighbours (Fortunato and
    # Barthelemy 2007, figure 2); splitting on finds each.
    ring = [(5 * i + 4, (5 * i + 5) % 150) for i in range(30)]
    matrix = cliques(*[5] * 30, bridges=ring, weight=1)
    levels = hierarchy(matrix, np.arange(150), most=9)
    assert groups(levels[-1]) == [list(range(5 * i, 5 * i + 5)) for i in range(30)]
    assert groups(levels[0]) == [list(range(150))]
    assert len(levels) >= 3


@pytest.mark.parametrize(("most", "sets"), [(9, 2), (10, 1)])
def test_the_largest_that_is_not_split(most, sets):
    matrix = cliques(5, 5, bridges=[(4, 5)])
    assert len(groups(hierarchy(matrix, np.arange(10), most)[-1])) == sets


def test_a_clique_cannot_be_split():
    levels = hierarchy(cliques(12), np.arange(12), most=4)
    assert groups(levels[-1]) == [list(range(12))]


def test_who_is_in_no_set_of_three():
    matrix = cliques(2, 3, 1)
    assert hierarchy(matrix, np.arange(6)).tolist() == [[-1, -1, 0, 0, 0, -1]]
    assert hierarchy(sparse.csr_array((4, 4)), np.arange(4)).tolist() == [[-1] * 4]
    # A third account is split off alone: it is in no set at the next level.
    lone = cliques(5, 5, 1, bridges=[(4, 5), (9, 10)])
    levels = hierarchy(lone, np.arange(11), most=4)
    assert all(len(g) >= 3 for g in groups(levels[-1]))


edges = st.sets(st.tuples(st.integers(0, 19), st.integers(0, 19)), min_size=5, max_size=60)


@given(edges, st.integers(3, 8), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_nested_connected_and_blind_to_numbers(pairs, most, seed):
    rng = np.random.default_rng(seed)
    dense = np.zeros((20, 20))
    for a, b in pairs:
        if a != b:
            dense[a, b] = dense[b, a] = 1 + (a * b) % 3
    order = np.arange(20)
    levels = hierarchy(sparse.csr_array(dense), order, most)
    for upper, lower in pairwise(levels):
        for group in groups(lower):
            assert len(set(upper[group].tolist())) == 1
    for level in levels:
        for group in groups(level):
            assert len(group) >= 3
            block = sparse.csr_array(dense[np.ix_(group, group)])
            assert csgraph.connected_components(block, directed=False)[0] == 1
    name = rng.permutation(20)
    renamed = np.zeros((20, 20))
    renamed[np.ix_(name, name)] = dense
    moved = np.empty(20, np.int64)
    moved[name] = order
    other = hierarchy(sparse.csr_array(renamed), moved, most)
    assert groups(other[-1][name]) == groups(levels[-1])


def test_what_is_known_changes_nothing():
    rng = np.random.default_rng(1)
    one = cliques(*[6] * 8, bridges=rng.integers(0, 48, (10, 2)).tolist())
    two = cliques(*[6] * 8, bridges=rng.integers(0, 48, (10, 2)).tolist())
    known = {}
    for matrix in (one, two, one):
        again = hierarchy(matrix, np.arange(48), 8, known)
        assert again.tolist() == hierarchy(matrix, np.arange(48), 8).tolist()
    assert known
    assert (again != NO_CLUSTER).any()
