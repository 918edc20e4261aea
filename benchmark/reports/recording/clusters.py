"""The largest connected component of a group's accounts, connected by shared things."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from shamcrowd.benchmark.charts.network import LINKING, Cluster
from shamcrowd.benchmark.reports.recording.entity_links import EntityLinks

Ints = npt.NDArray[np.int64]
MOST = 60
"""Accounts drawn at most, so that the drawing stays readable."""


def largest_cluster(uses: Sequence[EntityLinks], inside: npt.NDArray[np.bool_]) -> Cluster | None:
    """The largest component of the accounts ``inside``, connected by things that two or more use.

    None if no two of them share anything.
    """
    linking = [u for name in LINKING for u in uses if u.title == name]
    place = np.concatenate([u.place[inside[u.place]] for u in linking])
    key = np.concatenate([u.thing[inside[u.place]] * 4 + k for k, u in enumerate(linking)])
    things, thing, users = np.unique(key, return_inverse=True, return_counts=True)
    shared = users[thing] >= 2
    if not shared.any():
        return None
    members, member = np.unique(place[shared], return_inverse=True)
    things, thing = np.unique(key[shared], return_inverse=True)
    nodes = len(members) + len(things)
    graph = sparse.coo_array(
        (np.ones(len(member)), (member, thing + len(members))), shape=(nodes, nodes)
    ).tocsr()
    _, label = csgraph.connected_components(graph, directed=False)
    largest = np.bincount(label[: len(members)]).argmax()
    whole = int((label[: len(members)] == largest).sum())
    keep = _nearest(graph + graph.T, len(members), label == largest)
    drawn = keep[member]
    return _relabelled(member[drawn], thing[drawn], things, whole)


def _nearest(
    graph: sparse.csr_array, members: int, largest: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """The ``MOST`` accounts of the component nearest to its best connected one."""
    degree = np.where(largest, np.diff(graph.indptr), 0)
    first = int(degree[:members].argmax())
    order = csgraph.breadth_first_order(graph, first, False, False)
    accounts = order[order < members][:MOST]
    keep = np.zeros(members, np.bool_)
    keep[accounts] = True
    return keep


def _relabelled(member: Ints, thing: Ints, things: Ints, whole: int) -> Cluster:
    """Renumbered, without things that only one of the drawn accounts uses."""
    _, code, users = np.unique(thing, return_inverse=True, return_counts=True)
    member, thing = member[users[code] >= 2], thing[users[code] >= 2]
    accounts, at = np.unique(member, return_inverse=True)
    drawn, to = np.unique(thing, return_inverse=True)
    links = np.column_stack([at, to + len(accounts)])
    return Cluster(len(accounts), things[drawn] % 4, links, whole)
