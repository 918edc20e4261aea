"""Communities hang together, cover no strangers, hang on no names, and come to an end."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse import csgraph

from shamcrowd.detectors.base import NO_CLUSTER
from shamcrowd.detectors.linking import communities as module
from shamcrowd.detectors.linking.communities import SMALLEST, communities

N = 14
EDGES = st.dictionaries(
    st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)).filter(lambda e: e[0] < e[1]),
    st.sampled_from([0.25, 1.0, 1.0 + 1e-9, 3.0]),
    max_size=40,
)


def graph(edges, n=N):
    matrix = np.zeros((n, n))
    for (a, b), weight in edges.items():
        matrix[a, b] = matrix[b, a] = weight
    return sparse.csr_array(matrix)


def cliques(count, size, weight=1.0):
    """Cliques on a ring, each tied to the next by one edge."""
    edges = {}
    for k in range(count):
        members = range(k * size, (k + 1) * size)
        edges |= {(a, b): 1.0 for a in members for b in members if a < b}
        edges[tuple(sorted((k * size, ((k + 1) % count) * size + 1)))] = weight
    return graph(edges, count * size)


@given(EDGES)
@settings(deadline=None)
def test_every_community_hangs_together_and_is_no_pair(edges):
    matrix = graph(edges)
    label = communities(matrix, np.arange(N))
    for one in set(label.tolist()) - {NO_CLUSTER}:
        who = np.flatnonzero(label == one)
        assert len(who) >= SMALLEST
        assert csgraph.connected_components(matrix[who][:, who], directed=False)[0] == 1


@given(EDGES, st.permutations(range(N)))
@settings(deadline=None)
def test_names_do_not_matter(edges, names):
    names = np.array(names)
    moved = {tuple(sorted((int(names[a]), int(names[b])))): w for (a, b), w in edges.items()}
    order = np.empty(N, np.int64)
    order[names] = np.arange(N)
    here = communities(graph(edges), np.arange(N))
    there = communities(graph(moved), order)[names]
    np.testing.assert_array_equal(here == NO_CLUSTER, there == NO_CLUSTER)
    np.testing.assert_array_equal(here[:, None] == here, there[:, None] == there)


def test_cliques_on_a_ring_are_told_apart():
    label = communities(cliques(6, 5, 0.5), np.arange(30))
    assert len(set(label.tolist())) == 6
    assert all(len(set(label[k * 5 : k * 5 + 5].tolist())) == 1 for k in range(6))


@pytest.mark.parametrize(
    "matrix",
    [
        graph({(0, b): 1.0 for b in range(1, 200)}, 200),
        graph({(a, a + 1): 1.0 for a in range(299)}, 300),
        cliques(40, 4, 1.0 + 1e-12),
        sparse.csr_array((5, 5)),
    ],
    ids=["star", "chain", "ties", "nothing"],
)
def test_graphs_with_many_equal_moves_come_to_an_end(matrix):
    assert len(communities(matrix, np.arange(matrix.shape[0]))) == matrix.shape[0]


def test_the_leiden_that_may_not_end_is_not_called():
    """No small graph is known that shows it: scikit-network's issue 592 is about close weights."""
    assert "Leiden(" not in inspect.getsource(module)
