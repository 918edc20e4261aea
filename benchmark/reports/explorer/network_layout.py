"""Positions of the nodes of a large network: each component by itself, then side by side.

Components are laid out by springs and repulsion after Fruchterman and Reingold (1991). In a large
one repulsion is not taken between all pairs of nodes but between nodes and the middles of the cells
of a grid, so that ten thousand nodes take seconds. The layout depends on the links alone: the start
is drawn with a fixed seed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

SEED = 26
DENSE = 700
"""Up to so many nodes, repulsion is between all pairs."""
CELLS = 28
"""Cells of the grid on each side."""
ROUNDS = 120
GRAVITY = 0.35
SPACING = 1.15
"""Distance between components, by their radius."""
Points = npt.NDArray[np.float64]
Links = npt.NDArray[np.int64]


def components(nodes: int, links: Links) -> npt.NDArray[np.int64]:
    """The component of each node, numbered from 0.

    >>> components(4, np.array([[0, 1], [2, 3]])).tolist()
    [0, 0, 1, 1]
    """
    graph = sparse.coo_array((np.ones(len(links)), (links[:, 0], links[:, 1])), (nodes, nodes))
    _, label = csgraph.connected_components(graph.tocsr(), directed=False)
    found: npt.NDArray[np.int64] = label.astype(np.int64)
    return found


def layout(nodes: int, links: Links) -> Points:
    """Positions (nodes, 2), about 1 apart; the largest component lies in the middle.

    >>> at = layout(5, np.array([[0, 1], [1, 2], [3, 4]]))
    >>> at.shape, bool(np.isfinite(at).all())
    ((5, 2), True)
    """
    label = components(nodes, links)
    sizes = np.bincount(label, minlength=1)
    order = np.argsort(-sizes, kind="stable")
    by_label = np.argsort(label, kind="stable")
    begins = np.concatenate([[0], np.cumsum(sizes)])
    links = links[np.argsort(label[links[:, 0]], kind="stable")]
    link_begins = np.searchsorted(label[links[:, 0]], np.arange(len(sizes) + 1))
    at, place = np.zeros((nodes, 2)), np.empty(nodes, np.int64)
    radii = 0.55 * np.sqrt(sizes[order]) + 0.35
    middles = _packed(radii * SPACING)
    for rank, component in enumerate(order):
        own = by_label[begins[component] : begins[component + 1]]
        place[own] = np.arange(len(own))
        inside = place[links[link_begins[component] : link_begins[component + 1]]]
        shape = _component(len(own), inside)
        at[own] = middles[rank] + shape * radii[rank]
    return at


def _component(nodes: int, links: Links) -> Points:
    """Positions of one component within a circle of radius 1."""
    if nodes == 1:
        return np.zeros((1, 2))
    degree = np.bincount(links.ravel(), minlength=nodes)
    if degree.max() == nodes - 1:
        return _star(nodes, int(degree.argmax()))
    random = np.random.default_rng(SEED)
    at = random.normal(0, 0.5, (nodes, 2))
    ideal = 1.0 / np.sqrt(nodes)
    one, other = links[:, 0], links[:, 1]
    for heat in 0.25 * np.linspace(1, 0.01, ROUNDS) ** 1.5:
        push = _repulsion(at) * ideal**2
        along = at[one] - at[other]
        pull = along * (np.sqrt((along**2).sum(axis=1)) / ideal)[:, None]
        for axis in (0, 1):
            push[:, axis] -= np.bincount(one, pull[:, axis], nodes)
            push[:, axis] += np.bincount(other, pull[:, axis], nodes)
        push -= GRAVITY * at
        length = np.maximum(np.sqrt((push**2).sum(axis=1)), 1e-9)
        at = at + push * (np.minimum(length, heat) / length)[:, None]
    at -= at.mean(axis=0)
    far = np.sqrt((at**2).sum(axis=1))
    reach = max(float(np.quantile(far, 0.98)), 1e-9)
    # The few that drift off do not shrink all the others.
    at *= np.minimum(1.0, 1.15 * reach / np.maximum(far, 1e-9))[:, None]
    return at / (1.15 * reach)


def _star(nodes: int, middle: int) -> Points:
    turn = np.linspace(0, 2 * np.pi, nodes, endpoint=False) + 0.3
    at = np.column_stack([np.cos(turn), np.sin(turn)]) * 0.8
    at[middle] = 0
    return at


def _repulsion(at: Points) -> Points:
    """The sum over others of the gap to each, divided by its square."""
    if len(at) <= DENSE:
        return _from(at, at, np.ones(len(at)))
    low, high = at.min(axis=0), at.max(axis=0)
    cell = ((at - low) / np.maximum(high - low, 1e-9) * (CELLS - 1e-6)).astype(np.int64)
    code = cell[:, 0] * CELLS + cell[:, 1]
    weight = np.bincount(code, minlength=CELLS**2).astype(np.float64)
    middle = np.column_stack(
        [np.bincount(code, at[:, axis], CELLS**2) / np.maximum(weight, 1) for axis in (0, 1)]
    )
    full = weight > 0
    push = _from(at, middle[full], weight[full])
    # Within a cell the others are taken one by one, the next in a row of neighbours by place.
    order = np.lexsort((at[:, 1], code))
    for step in (1, 2, 3):
        first, second = order[:-step], order[step:]
        same = code[first] == code[second]
        first, second = first[same], second[same]
        gap = at[first] - at[second]
        away = gap / np.maximum((gap**2).sum(axis=1), 1e-4)[:, None]
        push[first] += away
        push[second] -= away
    return push


def _from(at: Points, others: Points, weight: npt.NDArray[np.float64]) -> Points:
    push = np.empty_like(at)
    for begin in range(0, len(at), 2048):
        part = at[begin : begin + 2048]
        x = part[:, :1] - others[:, 0]
        y = part[:, 1:] - others[:, 1]
        by = weight / np.maximum(x * x + y * y, 1e-5)
        push[begin : begin + 2048, 0] = (x * by).sum(axis=1)
        push[begin : begin + 2048, 1] = (y * by).sum(axis=1)
    return push


def _packed(radii: npt.NDArray[np.float64]) -> Points:
    """Middles of circles, placed one after the other where there is room, along a spiral."""
    middles = np.zeros((len(radii), 2))
    turn, step = 0.0, 0.0
    for n in range(1, len(radii)):
        if radii[n] < radii[n - 1]:
            turn = max(0.0, turn - 40 * step)
        while True:
            reach = 0.35 * turn
            at = np.array([np.cos(turn), np.sin(turn)]) * reach
            gap = middles[:n] - at
            if ((gap**2).sum(axis=1) >= (radii[:n] + radii[n]) ** 2).all():
                break
            step = min(0.5, 0.8 * radii[n] / max(reach, 0.5))
            turn += step
        middles[n] = at
    return middles
