"""Communities within communities: the resolution is chosen by splitting, not by a number."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from shamcrowd.detectors.base import NO_CLUSTER
from shamcrowd.detectors.linking.communities import (
    SMALLEST,
    Partition,
    connected_parts,
    diagonal_block,
    digest,
)

MOST = 40
"""Accounts of a community that is not split any further (assumed)."""


def hierarchy(
    matrix: sparse.csr_array,
    order: npt.NDArray[np.integer],
    most: int = MOST,
    known: dict[bytes, npt.NDArray[np.int64]] | None = None,
) -> npt.NDArray[np.int64]:
    """Split communities by the Louvain method until each has at most ``most`` accounts.

    Modularity over a whole platform joins small groups (its resolution limit), and the resolution
    at which it does not depends on the platform's size. Here every connected component is split by
    itself, then every part of it, as hierarchical Leiden does. Parts are made connected, which is
    what Leiden guarantees; `shamcrowd.detectors.linking.communities` says why Leiden is not used.

    Args:
        matrix: shape (n, n), symmetric weights, zero diagonal.
        order: shape (n,), an attribute of each account other than its id, such as its sign-up.
            Nodes are visited in this order, so that the result depends on neither ids nor rows.
        most: accounts of a community that is not split.
        known: how the components of an earlier call were split; updated to those of this call.

    Returns:
        Shape (levels, n): number of each account's community at each level, `NO_CLUSTER` for
        accounts in none of three or more. The first level has the components; a community that is
        not split stays the same at later levels.

    Papers: Blondel et al. 2008 (https://doi.org/10.1088/1742-5468/2008/10/P10008); Traag, Waltman,
    van Eck, From Louvain to Leiden, 2019 (https://doi.org/10.1038/s41598-019-41695-z); Fortunato,
    Barthelemy, Resolution limit in community detection, PNAS 2007
    (https://doi.org/10.1073/pnas.0605965104).

    Two triangles joined by an edge, and a pair:

    >>> edges = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3), (6, 7)]
    >>> dense = np.zeros((8, 8))
    >>> for a, b in edges:
    ...     dense[a, b] = dense[b, a] = 1
    >>> hierarchy(sparse.csr_array(dense), np.arange(8), most=4).tolist()
    [[0, 0, 0, 0, 0, 0, -1, -1], [0, 0, 0, 1, 1, 1, -1, -1]]
    """
    n = matrix.shape[0]
    _, component = csgraph.connected_components(matrix, directed=False)
    size = np.bincount(component, minlength=1)
    degree = np.diff(matrix.indptr)
    nodes = np.lexsort((degree, order, component))
    nodes = nodes[size[component[nodes]] >= SMALLEST]
    bounds = np.flatnonzero(np.diff(component[nodes], prepend=-1, append=-1))
    ordered = sparse.csr_matrix(matrix[nodes][:, nodes])
    splits: dict[bytes, npt.NDArray[np.int64]] = {}
    found = []
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        inner = ordered[first:last, first:last]
        inner.sort_indices()
        name = digest(inner)
        levels = known[name] if known and name in known else _split(inner, most)
        splits[name] = levels
        found.append((nodes[first:last], levels))
    deepest = max((len(levels) for _, levels in found), default=1)
    out = np.full((deepest, n), NO_CLUSTER, np.int64)
    number = np.zeros(deepest, np.int64)
    for place, levels in found:
        whole = levels[np.minimum(np.arange(deepest), len(levels) - 1)]
        for level, label in enumerate(whole):
            there = label != NO_CLUSTER
            out[level, place[there]] = number[level] + label[there]
            number[level] += label.max(initial=-1) + 1
    if known is not None:
        known.clear()
        known.update(splits)
    return out


def _split(inner: sparse.csr_matrix, most: int) -> npt.NDArray[np.int64]:
    """Labels of one component's nodes, shape (levels, nodes), from 0 without gaps."""
    n = inner.shape[0]
    levels, whole = [np.zeros(n, np.int64)], np.zeros(n, np.bool_)
    while True:
        label = levels[-1].copy()
        # Communities that are still too large: their nodes side by side, with their own links.
        large = np.bincount(label + 1)[label + 1] > most
        order = np.flatnonzero(large & (label != NO_CLUSTER) & ~whole)
        order = order[np.argsort(label[order], kind="stable")]
        ordered = _within(inner, order, label)
        bounds = np.flatnonzero(np.diff(label[order], prepend=-1, append=-1))
        number = int(label.max()) + 1
        for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            part = _parts(diagonal_block(ordered, first, last))
            whole[order[first:last]] = part.max() == 0
            if part.max() > 0:
                label[order[first:last]] = number + part
                number += int(part.max()) + 1
        if number == int(levels[-1].max()) + 1:
            return np.stack(levels)
        label[np.bincount(label + 1)[label + 1] < SMALLEST] = NO_CLUSTER
        there = label != NO_CLUSTER
        label[there] = np.unique(label[there], return_inverse=True)[1]
        levels.append(label)


def _within(
    inner: sparse.csr_matrix, order: npt.NDArray[np.int64], label: npt.NDArray[np.int64]
) -> sparse.csr_matrix:
    """The links of some nodes inside their communities, nodes numbered by ``order``."""
    place = np.full(inner.shape[0], -1)
    place[order] = np.arange(len(order))
    edge = inner.tocoo()
    kept = (label[edge.row] == label[edge.col]) & (place[edge.row] >= 0)
    ends = place[edge.row[kept]], place[edge.col[kept]]
    return sparse.csr_matrix((edge.data[kept], ends), shape=(len(order),) * 2)


def _parts(block: sparse.csr_matrix) -> Partition:
    """Louvain's connected parts of a community; all 0 if it has none."""
    from sknetwork.clustering import Louvain

    label: Partition = Louvain(random_state=0).fit_predict(block).astype(np.int64)
    return connected_parts(block, label) if label.max() > 0 else label
