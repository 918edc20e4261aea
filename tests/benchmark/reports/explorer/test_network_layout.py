"""Layouts: the same for the same links, finite, components apart."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.reports.explorer.network_layout import components, layout


@settings(max_examples=12)
@given(st.integers(2, 30), st.data())
def test_any_network_has_a_place_for_every_node(nodes, data):
    pair = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1))
    links = np.array(data.draw(st.lists(pair, max_size=40)), np.int64).reshape(-1, 2)
    links = links[links[:, 0] != links[:, 1]]
    at = layout(nodes, links)
    assert at.shape == (nodes, 2)
    assert np.isfinite(at).all()
    assert np.array_equal(at, layout(nodes, links))
    label = components(nodes, links)
    for one in range(label.max()):
        inside, outside = at[label == one], at[label != one]
        reach = np.ptp(inside, axis=0).max() / 2
        gap = np.linalg.norm(outside - inside.mean(axis=0), axis=1).min()
        assert gap > reach * 0.5


def test_a_large_component_is_spread_out():
    random = np.random.default_rng(1)
    links = np.column_stack([np.arange(1, 1500), random.integers(0, np.arange(1, 1500))])
    at = layout(1500, links)
    cells = np.unique(np.round(at * 1.0).astype(int), axis=0)
    assert len(cells) > 300
    joined = np.linalg.norm(at[links[:, 0]] - at[links[:, 1]], axis=1).mean()
    others = np.linalg.norm(at - at[random.permutation(1500)], axis=1).mean()
    assert joined < others / 3
