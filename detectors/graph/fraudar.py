"""FRAUDAR: dense blocks of accounts and entities, with less weight on popular entities."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from shamcrowd.detectors.base import NO_CLUSTER, Findings
from shamcrowd.detectors.graph.peeling import densest_block
from shamcrowd.detectors.linking.kinds import EntityKind
from shamcrowd.detectors.linking.links import SharedEntities
from shamcrowd.recording.counting import counted
from shamcrowd.recording.units import EntityIds, Places
from shamcrowd.recording.view import LogView

BLOCKS = 8
SMALLEST_BLOCK = 3


def discounted(places: Places, entities: EntityIds, accounts: int) -> sparse.csr_array:
    """Make the bipartite graph of accounts and entities, with edge weights 1 / ln(d + 5).

    Args:
        places: shape (n,), positions of accounts; each pair of account and entity is given once.
        entities: shape (n,), entities, numbered from 0; d is the number of accounts of one.
        accounts: number of accounts.

    Returns:
        Symmetric matrix, shape (accounts + entities,) * 2: accounts first, then entities.

    >>> edges = discounted(np.array([0, 1]), np.array([0, 0]), 2).toarray()
    >>> round(float(edges[0, 2]), 4) == round(1 / float(np.log(7)), 4)
    True
    """
    degree = np.bincount(entities)
    weight = 1 / np.log(degree[entities] + 5)
    n = accounts + len(degree)
    half = sparse.csr_array((weight, (places, entities + accounts)), shape=(n, n))
    return sparse.csr_array(half + half.T)


class Fraudar:
    """Accounts in the densest blocks of the graph of accounts and what they use.

    Entities are devices, cards, addresses and mailbox grammars (see `SharedEntities`). An edge
    has weight 1 / ln(d + 5) for an entity of d accounts; the density of a set is the sum of its
    edge weights over its number of accounts and entities. Peeling finds a block; its edges are
    removed and the next is searched, up to eight. Entities of one account are left out.

    Score: 1 + density for an account in a block of three accounts or more; otherwise
    level / (1 + level), where level is the weight at which peeling removed the account. Only
    accounts are scored, since campaigns use entities of honest people as camouflage.

    Paper: Hooi et al., FRAUDAR: Bounding Graph Fraud in the Face of Camouflage, KDD 2016
    (https://doi.org/10.1145/2939672.2939747). Nodes are peeled in batches (see `peeling`), with
    the paper's guarantee: at least half of the highest density.

    Complexity: O(E + V log V) per block, in numpy; memory grows with pairs of account and entity.

    When it fails: families and teams that share a few entities are as dense as a small farm, and
    all eight blocks may be of that kind. A campaign that shares nothing has no edges.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = Fraudar().review(LogView(log, log.start + 3 * 86_400_000))
    >>> bool(found.score[np.isin(found.account, log.crowd)].min() > 1)
    True
    """

    def __init__(self, *, blocks: int = BLOCKS) -> None:
        """The setting is the number of blocks that are searched."""
        self._entities, self._blocks = SharedEntities(), blocks

    def review(self, log: LogView) -> Findings:
        """Score accounts by the densest block they are in."""
        self._entities.update(log)
        ids, n = self._entities.index.ids, len(self._entities.index)
        places, entities, kind = self._edges()
        score, cluster, reason = np.zeros(n), np.full(n, NO_CLUSTER), [""] * n
        if not len(places):
            return Findings(ids, score, cluster, reason)
        for i, many in enumerate(np.bincount(places, minlength=n).tolist()):
            if many:
                reason[i] = f"in no dense block; uses {many} entities that others use too"
        matrix = discounted(places, entities, n)
        for number in range(self._blocks):
            found = densest_block(matrix)
            if number == 0:
                level = found.level[:n]
                score = level / (1 + level)
            if found.density == 0:
                break
            block = found.block
            inside = block[places] & block[n + entities]
            who = np.flatnonzero(block[:n] & (cluster == NO_CLUSTER))
            if len(who) >= SMALLEST_BLOCK:
                score[who], cluster[who] = 1 + found.density, number
                kinds = self._entities.kinds
                sentence = _reason(kinds, len(who), entities[inside], kind[inside])
                for i in who.tolist():
                    reason[i] = sentence
            # The next block is searched among the edges that are not inside this one.
            edge = sparse.coo_array(matrix)
            rest = ~(block[edge.row] & block[edge.col])
            matrix = sparse.csr_array(
                (edge.data[rest], (edge.row[rest], edge.col[rest])), shape=matrix.shape
            )
        return Findings(ids, score, cluster, reason)

    def _edges(self) -> tuple[npt.NDArray[np.int64], ...]:
        """Return account, entity and kind of each pair whose entity has at least two accounts."""
        pairs = [self._entities.pairs(kind) for kind in self._entities.kinds]
        places = np.concatenate([p.places for p in pairs])
        kind = np.repeat(np.arange(len(pairs)), [len(p.places) for p in pairs])
        names = np.concatenate([p.entities for p in pairs]) | kind << 32
        _, code, count = np.unique(names, return_inverse=True, return_counts=True)
        fit = count[code] >= 2
        _, entities = np.unique(code[fit], return_inverse=True)
        return places[fit], entities, kind[fit]


def _reason(
    kinds: tuple[EntityKind, ...], accounts: int, entities: EntityIds, kind: npt.NDArray[np.int64]
) -> str:
    _, first = np.unique(entities, return_index=True)
    many = np.bincount(kind[first], minlength=len(kinds)).tolist()
    used = ", ".join(f"{k.name}: {m}" for k, m in zip(kinds, many, strict=True) if m)
    return (
        f"in a block of {counted(accounts, 'account')} with "
        f"{counted(len(entities), 'link')} to shared entities ({used})"
    )
