"""Communities of a weighted graph of accounts (extra ``graph``: scikit-network)."""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from shamcrowd.detectors.base import NO_CLUSTER
from shamcrowd.recording.errors import MissingExtraError

SMALLEST = 3
"""Accounts of the smallest community."""
STRUCTURE = 0.3
"""Modularity from which a component is split: the customary bound for community structure, Clauset,
Newman and Moore, Physical Review E 70, 2004 (recalled, not looked up)."""


def require_communities(detector: str) -> None:
    """Check that the optional package is installed.

    Raises:
        MissingExtraError: with the install line.
    """
    try:
        import sknetwork.clustering  # noqa: F401
    except ImportError:
        raise MissingExtraError(
            f"{detector} needs scikit-network: pip install 'shamcrowd[graph]'"
        ) from None


Partition = npt.NDArray[np.int64]


def communities(
    matrix: sparse.csr_array,
    order: npt.NDArray[np.integer],
    known: dict[bytes, Partition] | None = None,
) -> Partition:
    """Find communities of three accounts or more by the Louvain method.

    Every connected component is split separately, as modularity over a whole platform would join
    small groups (its resolution limit). A community that Louvain leaves disconnected is split into
    its connected parts: connected communities are what Leiden adds to Louvain.

    Args:
        matrix: shape (n, n), symmetric weights, zero diagonal.
        order: shape (n,), an attribute of each account other than its id, such as its sign-up.
            Nodes are visited in this order, so that the result depends on neither ids nor rows.
        known: how the components of an earlier call were split; updated to those of this call.
            Most components do not change from review to review, and splitting is most of the work.

    Returns:
        Shape (n,), number of each account's community, ``NO_CLUSTER`` for accounts in none.

    Papers: Blondel et al., Fast unfolding of communities in large networks, 2008
    (https://doi.org/10.1088/1742-5468/2008/10/P10008); Traag, Waltman, van Eck, From Louvain to
    Leiden, Scientific Reports 2019 (https://doi.org/10.1038/s41598-019-41695-z). Leiden itself is
    not used: that of scikit-network up to 0.33.5 may move a node back and forth without end
    if weights are close (https://github.com/sknetwork-team/scikit-network/issues/592).

    >>> pair_and_triangle = np.zeros((5, 5))
    >>> for a, b in [(0, 1), (2, 3), (3, 4), (2, 4)]:
    ...     pair_and_triangle[a, b] = pair_and_triangle[b, a] = 1
    >>> communities(sparse.csr_array(pair_and_triangle), np.arange(5)).tolist()
    [-1, -1, 0, 0, 0]
    """
    n = matrix.shape[0]
    out = np.full(n, NO_CLUSTER, np.int64)
    _, component = csgraph.connected_components(matrix, directed=False)
    size = np.bincount(component, minlength=1)
    degree = np.diff(matrix.indptr)
    edges = np.bincount(component, weights=degree, minlength=len(size))
    nodes = np.lexsort((degree, order, component))
    nodes = nodes[size[component[nodes]] >= SMALLEST]
    bounds = np.flatnonzero(np.diff(component[nodes], prepend=-1, append=-1))
    number, split = 0, {}
    # Reordered so that the nodes of a component are adjacent, and a component is a range of rows.
    ordered = sparse.csr_matrix(matrix[nodes][:, nodes])
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        part = nodes[first:last]
        # Complete components and those of three accounts are not split: the modularity of a split
        # cannot be above 0.
        if len(part) == SMALLEST or edges[component[part[0]]] == len(part) * (len(part) - 1):
            label = np.zeros(len(part), np.int64)
        else:
            inner = diagonal_block(ordered, first, last)
            name = digest(inner)
            label = known[name] if known and name in known else _split(inner)
            split[name] = label
        many = np.bincount(label)
        kept = np.cumsum(many >= SMALLEST) - 1
        out[part] = np.where(many[label] >= SMALLEST, number + kept[label], NO_CLUSTER)
        number += int((many >= SMALLEST).sum())
    if known is not None:
        known.clear()
        known.update(split)
    return out


def digest(matrix: sparse.csr_matrix) -> bytes:
    """Return a digest of shape and entries."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (matrix.indptr, matrix.indices, matrix.data):
        digest.update(np.ascontiguousarray(part).tobytes())
    return digest.digest()


def _split(inner: sparse.csr_matrix) -> Partition:
    """Return Louvain's labels of one component, made connected."""
    from sknetwork.clustering import Louvain, get_modularity

    label: Partition = Louvain(random_state=0).fit_predict(inner).astype(np.int64)
    if get_modularity(inner, label) < STRUCTURE:
        return np.zeros(inner.shape[0], np.int64)
    return connected_parts(inner, label)


def diagonal_block(matrix: sparse.csr_matrix, first: int, last: int) -> sparse.csr_matrix:
    """Cut out rows ``first`` to ``last``, which have entries in the same columns only."""
    begin, end = matrix.indptr[first], matrix.indptr[last]
    pointers = matrix.indptr[first : last + 1] - begin
    entries = matrix.data[begin:end], matrix.indices[begin:end] - first, pointers
    return sparse.csr_matrix(entries, shape=(last - first,) * 2)


def connected_parts(
    matrix: sparse.csr_matrix, label: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Split every label into its connected parts.

    >>> path = sparse.csr_matrix(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))
    >>> connected_parts(path, np.array([7, 8, 7])).tolist()
    [0, 1, 2]
    """
    edge = sparse.coo_array(matrix)
    within = label[edge.row] == label[edge.col]
    inner = sparse.csr_array(
        (edge.data[within], (edge.row[within], edge.col[within])), shape=matrix.shape
    )
    _, parts = csgraph.connected_components(inner, directed=False)
    return parts.astype(np.int64)
