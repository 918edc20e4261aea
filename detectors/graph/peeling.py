"""The densest block of a weighted graph, found by removing nodes of low weight in batches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

FINE = 3000
"""With fewer nodes, only the nodes of lowest weight are removed in a pass."""
SHARE = 0.05
"""With more nodes, this share of them with the lowest weights, if not above the average weight."""
TIE = 1e-9


@dataclass(frozen=True)
class DenseBlock:
    """The result of peeling.

    Attributes:
        block: shape (n,), true for nodes of the densest set found.
        density: sum of its edge weights over its number of nodes; 0 without an edge.
        level: shape (n,), largest weight at which a node had been removed when this one was.
    """

    block: npt.NDArray[np.bool_]
    density: float
    level: npt.NDArray[np.float64]


def densest_block(matrix: sparse.csr_array, fine: int = FINE) -> DenseBlock:
    """Find a set of nodes with at least half of the highest density.

    Proof: a node of the densest set S has edges of weight g(S) or more inside S, where g is the
    density; otherwise S would be denser without it. When the first node of S is removed from a set
    T, S is still part of T, and the node's weight is at most twice the density of T, since no node
    above the average weight is removed. So g(T) >= g(S) / 2 (Bahmani et al., Densest Subgraph in
    Streaming and MapReduce, VLDB 2012, with eps = 0; Charikar 2000 for one node at a time). Nodes
    of equal weight are removed together, so that the result does not depend on their order.

    Complexity: O(E + V log V) if each pass removes its share of the nodes; at worst one pass per
    node. Every edge is read a few times only, as the matrix is reduced whenever half of its nodes
    are gone.

    Args:
        matrix: shape (n, n), symmetric edge weights above 0, zero diagonal.
        fine: number of nodes below which only the nodes of lowest weight are removed in a pass.

    >>> triangle_and_tail = np.zeros((5, 5))
    >>> for a, b in [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4)]:
    ...     triangle_and_tail[a, b] = triangle_and_tail[b, a] = 1
    >>> found = densest_block(sparse.csr_array(triangle_and_tail))
    >>> found.block.tolist(), found.density
    ([True, True, True, True, True], 1.0)
    """
    n = matrix.shape[0]
    whole, names = matrix, np.arange(n)
    # Infinite for removed nodes. The sum is updated along with it, so that a pass costs what it
    # removes and one search for the minimum.
    weight = np.asarray(matrix.sum(axis=1), np.float64).ravel()
    total, count = float(weight.sum()), n
    gone, level = np.full(n, np.iinfo(np.int64).max), np.zeros(n)
    best, best_pass, heaviest, step = 0.0, 0, 0.0, 0
    while count:
        density = total / 2 / count
        if density > best + TIE:
            best, best_pass = density, step
        limit = float(weight.min())
        if count > fine:
            here = weight[np.isfinite(weight)]
            place = int(SHARE * count)
            limit = max(limit, min(float(np.partition(here, place)[place]), 2 * density))
        out = np.flatnonzero(weight <= limit + TIE)
        heaviest = max(heaviest, limit)
        gone[names[out]], level[names[out]] = step, heaviest
        lost = _entries(matrix, out)
        if len(out) == 1:
            total -= 2 * float(weight[out[0]])
            weight[out] = np.inf
            # A row holds each neighbour once.
            weight[matrix.indices[lost]] -= matrix.data[lost]
        else:
            weight[out] = np.inf
            np.subtract.at(weight, matrix.indices[lost], matrix.data[lost])
            total = float(weight[np.isfinite(weight)].sum())
        count -= len(out)
        step += 1
        if 0 < 2 * count < len(weight):
            kept = np.flatnonzero(np.isfinite(weight))
            matrix = _cut(matrix, kept)
            names, weight = names[kept], weight[kept]
            total = float(weight.sum())
    block = (gone >= best_pass) & (best > 0)
    if best > 0:
        best = float(whole[block][:, block].sum()) / 2 / int(block.sum())
    return DenseBlock(block, best, level)


def _entries(
    matrix: sparse.csr_array, rows: npt.NDArray[np.int64]
) -> slice | npt.NDArray[np.int64]:
    """Return positions of the entries of some rows; faster than scipy's indexing for few rows."""
    first = matrix.indptr[rows].astype(np.int64)
    if len(rows) == 1:
        return slice(int(first[0]), int(matrix.indptr[rows[0] + 1]))
    count = matrix.indptr[rows + 1] - first
    return np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())


def _cut(matrix: sparse.csr_array, kept: npt.NDArray[np.int64]) -> sparse.csr_array:
    """Return the rows and columns kept; faster than scipy's indexing for small matrices."""
    number = np.full(matrix.shape[0], -1, np.int32)
    number[kept] = np.arange(len(kept))
    entries = _entries(matrix, kept)
    column = number[matrix.indices[entries]]
    row = np.repeat(np.arange(len(kept)), np.diff(matrix.indptr)[kept])
    here = column >= 0
    ends = np.append(0, np.cumsum(np.bincount(row[here], minlength=len(kept))))
    return sparse.csr_array(
        (matrix.data[entries][here], column[here], ends), shape=(len(kept),) * 2
    )
