"""Groups of accounts that share several kinds of entities."""

from __future__ import annotations

from functools import cache, partial

import numpy as np
import numpy.typing as npt
from scipy.sparse import csgraph

from shamcrowd.detectors.base import NO_CLUSTER, Findings
from shamcrowd.detectors.linking.edges import Edges
from shamcrowd.detectors.linking.kinds import EntityKind
from shamcrowd.detectors.linking.links import SharedEntities
from shamcrowd.recording.view import LogView

STRENGTH = 0.6
"""Sum of rarities, over at least two kinds, from which two accounts are linked (assumed)."""
KINDS_NEEDED = 2
SMALLEST_CLUSTER = 3


class SharedResources:
    """Groups of accounts linked by address, device, card or mailbox grammar, two kinds at least.

    Accounts are linked if they share entities of at least two kinds whose rarity, summed over
    kinds, is at least 0.6: one carrier's gateway, one family computer or one popular mail provider
    links nobody. Entities with more accounts than a cap, and gateways of carriers, offices and
    campuses, are left out. The clusters are the connected components. Splitting those into
    communities (`shamcrowd.detectors.linking.communities`) was measured and did not help: on seeds
    11 and 12 recall at 0.1 % and 1 % false positives fell from 0.06 and 0.10 to 0.00 and 0.06 on
    ring-among-teams-v2, and stayed as it was on hydra-at-launch-v2 and farm-among-classes-v2.

    Score: log2 of the cluster's size plus the mean strength of the account's links over the number
    of kinds; for an account in no cluster at most 1, by the strongest pair it is in.

    Papers: Stringhini et al., EvilCohort, USENIX Security 2015 (accounts by shared addresses);
    Cao et al., SynchroTrap, CCS 2014 (https://doi.org/10.1145/2660267.2660269) for linking by
    several kinds of resource; Xie et al. 2008 for the hub cap.

    Complexity: each review sorts the pairs of accounts that share an entity, at most
    entities * cap^2 / 2, a block of accounts at a time.

    When it fails: farms that buy every account its own address, device and card are missed.
    Families or flatmates with a shared computer and card form small honest clusters.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = SharedResources().review(LogView(log, log.start + 3 * 86_400_000))
    >>> crowd = np.isin(found.account, log.crowd)
    >>> bool(found.score[crowd].min() > found.score[~crowd].max())
    True
    """

    def __init__(
        self, *, cap: int = 0, kinds: int = KINDS_NEEDED, strength: float = STRENGTH
    ) -> None:
        """Args are settings: the cap of every kind (0: its own), kinds and strength of a link."""
        self._entities = SharedEntities(cap)
        self._needed, self._least = kinds, strength

    def review(self, log: LogView) -> Findings:
        """Score accounts by the cluster they are in."""
        self._entities.update(log)
        ids, n = self._entities.index.ids, len(self._entities.index)
        kinds = self._entities.kinds
        weak, others = np.zeros(n), np.zeros((len(kinds), n), np.int32)
        edges = Edges(n)
        for pairs in self._entities.link_strengths():
            total, there = pairs.strength.sum(axis=1), pairs.strength > 0
            held = (there.sum(axis=1) >= self._needed) & (total >= self._least)
            for side in (pairs.one, pairs.other):
                np.maximum.at(weak, side, total)
                for of_kind, here in zip(others, there.T, strict=True):
                    np.add.at(of_kind, side[here], np.int32(1))
            edges.add(pairs.one[held], pairs.other[held], total[held])
        firm = edges.matrix()
        _, label = csgraph.connected_components(firm, directed=False)
        size = np.bincount(label, minlength=n)[label]
        degree = np.diff(firm.indptr)
        strength = np.asarray(firm.sum(axis=1)).ravel() / np.maximum(degree, 1)
        linked = size >= 2
        score = np.log2(size) + strength / len(kinds)
        score = np.where(linked, score, np.minimum(weak / len(kinds), 1.0))
        cluster = np.where(size >= SMALLEST_CLUSTER, label, NO_CLUSTER)
        reasons = _reasons(kinds, others, linked, size)
        return Findings(ids, score, cluster.astype(np.int64), reasons)


def _reasons(
    kinds: tuple[EntityKind, ...], others: npt.NDArray[np.int32], linked: npt.NDArray[np.bool_],
    size: npt.NDArray[np.int64],
) -> list[str]:  # fmt: skip
    reasons = [""] * len(size)
    # Many accounts have the same reason, so that each is formatted once.
    sentence = cache(partial(_sentence, kinds))
    rows = np.vstack([size, others]).T[linked].tolist()
    for i, row in zip(np.flatnonzero(linked).tolist(), rows, strict=True):
        reasons[i] = sentence(*row)
    return reasons


def _sentence(kinds: tuple[EntityKind, ...], size: int, *others: int) -> str:
    shared = ", ".join(
        f"{kind.name} with {many}" for kind, many in zip(kinds, others, strict=True) if many
    )
    return f"in a group of {size} accounts; shares {shared}"
