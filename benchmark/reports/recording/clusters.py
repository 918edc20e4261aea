"""The largest crowd of one group's accounts that hangs together by shared things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from shamcrowd.benchmark.reports.recording.sharing import Uses

Ints = npt.NDArray[np.int64]
MOST = 60
"""Accounts drawn at most: more would be a grey ball."""
LINKING = ("address", "device", "card")
"""Things that link two accounts; a mailbox domain or a phone block joins strangers."""


@dataclass(frozen=True)
class Cluster:
    """Accounts 0 to ``accounts`` - 1 and things after them, as places of one drawing.

    ``kind`` is the place in ``LINKING`` of each thing, ``links`` (m, 2) joins account and thing.
    ``whole`` counts the accounts of the crowd, of which ``accounts`` are drawn.
    """

    accounts: int
    kind: Ints
    links: Ints
    whole: int

    @property
    def tied_twice(self) -> int:
        """How many drawn accounts are tied to others by two kinds of thing or more."""
        kinds = np.zeros((self.accounts, len(LINKING)), np.bool_)
        kinds[self.links[:, 0], self.kind[self.links[:, 1] - self.accounts]] = True
        return int((kinds.sum(axis=1) >= 2).sum())

    def things(self, name: str) -> int:
        """How many things of a kind are drawn."""
        return int((self.kind == LINKING.index(name)).sum())


def largest_cluster(uses: Sequence[Uses], inside: npt.NDArray[np.bool_]) -> Cluster | None:
    """The largest crowd among the accounts ``inside``, joined by things that two or more use.

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
    crowd = np.bincount(label[: len(members)]).argmax()
    whole = int((label[: len(members)] == crowd).sum())
    keep = _nearest(graph + graph.T, len(members), label == crowd)
    drawn = keep[member]
    return _relabelled(member[drawn], thing[drawn], things, whole)


def _nearest(
    graph: sparse.csr_array, members: int, crowd: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """The ``MOST`` accounts of the crowd nearest to its best linked one."""
    degree = np.where(crowd, np.diff(graph.indptr), 0)
    first = int(degree[:members].argmax())
    order = csgraph.breadth_first_order(graph, first, False, False)
    accounts = order[order < members][:MOST]
    keep = np.zeros(members, np.bool_)
    keep[accounts] = True
    return keep


def _relabelled(member: Ints, thing: Ints, things: Ints, whole: int) -> Cluster:
    """Numbered anew, without things that only one drawn account is left of."""
    _, code, users = np.unique(thing, return_inverse=True, return_counts=True)
    member, thing = member[users[code] >= 2], thing[users[code] >= 2]
    accounts, at = np.unique(member, return_inverse=True)
    drawn, to = np.unique(thing, return_inverse=True)
    links = np.column_stack([at, to + len(accounts)])
    return Cluster(len(accounts), things[drawn] % 4, links, whole)
