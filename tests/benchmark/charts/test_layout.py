"""Drawings of networks: the same every time, inside their square, nodes apart."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.charts.layout import spread_out

STAR = np.array([(a, 20) for a in range(20)])
CHAIN = np.array([(a, a + 1) for a in range(20)])


@pytest.mark.parametrize("links", [STAR, CHAIN], ids=["star", "chain"])
def test_nodes_stand_apart_and_inside(links):
    at = spread_out(21, links)
    assert (spread_out(21, links) == at).all()
    assert at.min() >= 0
    assert at.max() <= 1
    gaps = np.sqrt(((at[:, None] - at[None]) ** 2).sum(axis=2))[np.triu_indices(21, 1)]
    assert gaps.min() > 0.03


def test_neighbours_are_nearer_than_strangers():
    at = spread_out(21, CHAIN)
    assert np.linalg.norm(at[0] - at[1]) < np.linalg.norm(at[0] - at[20]) / 2
