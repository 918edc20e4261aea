"""Positions of the nodes of a small network by springs and repulsion, without randomness."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

ROUNDS = 400
GRAVITY = 0.6
"""Pull to the middle, so that a chain curls up and its nodes stay apart."""
Points = npt.NDArray[np.float64]


def spread_out(nodes: int, links: npt.NDArray[np.int64]) -> Points:
    """Places (nodes, 2) between 0 and 1 after Fruchterman and Reingold (1991).

    Nodes start on a spiral, so that no chance is needed.

    >>> spread_out(1, np.empty((0, 2), np.int64))
    array([[0.5, 0.5]])
    """
    turn = np.arange(nodes) * 2.399963
    radius = 0.5 * np.sqrt((np.arange(nodes) + 0.5) / max(nodes, 1))
    at = np.column_stack([radius * np.cos(turn), radius * np.sin(turn)])
    ideal = 1.0 / np.sqrt(max(nodes, 1))
    one, other = links[:, 0], links[:, 1]
    for heat in 0.12 * np.linspace(1, 0.01, ROUNDS) ** 1.5:
        gap = at[:, None, :] - at[None, :, :]
        squared = np.maximum((gap**2).sum(axis=2), 1e-6)
        push = (gap * (ideal**2 / squared)[..., None]).sum(axis=1)
        along = at[one] - at[other]
        pull = along * (np.sqrt((along**2).sum(axis=1)) / ideal)[:, None]
        for axis in (0, 1):
            push[:, axis] -= np.bincount(one, pull[:, axis], nodes)
            push[:, axis] += np.bincount(other, pull[:, axis], nodes)
        push -= GRAVITY * at
        length = np.maximum(np.sqrt((push**2).sum(axis=1)), 1e-9)
        at = at + push * (np.minimum(length, heat) / length)[:, None]
    low, high = at.min(axis=0), at.max(axis=0)
    span = float((high - low).max())
    places: Points = 0.5 + (at - (low + high) / 2) / (span or 1.0)
    return places
