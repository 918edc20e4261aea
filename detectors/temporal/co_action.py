"""Co-action network: accounts that start to use the same entities at about the same time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from shamcrowd.detectors.base import NO_CLUSTER, Findings
from shamcrowd.detectors.linking.communities import communities, require_communities
from shamcrowd.detectors.linking.first_uses import FirstUses
from shamcrowd.detectors.temporal.kernel import co_actions
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

GAP_DAYS = 1.0
"""A gap of so many days gives a weight of 1/e (assumed; the paper tunes it)."""
CAP = 60
"""An entity with more accounts is left out (assumed)."""
LEAST = 0.1
"""Weight of a link, at least: that of two of eleven accounts that took up one entity at one moment
(assumed; the paper leaves out weak links too)."""


class CoAction:
    """Communities of accounts that first used the same devices, cards and addresses together.

    An action is an account's first use of an entity. In each layer (devices, cards, addresses) the
    weight of two accounts is the sum over shared entities of exp(-decay * gap) / (k - 1), where gap
    is the time between their first uses, k the number of accounts of the entity, and decay 1/day.
    The layers are summed, links below 0.1 are left out, and the rest is split into communities by
    Louvain. Without that bound everybody who ever uses a common browser or a company's card is in a
    community with everybody else who does, however late: these came first, and the detector was
    better on logs without devices and cards (docs/detectors.md). Only personal addresses of
    accounts that belong to no organisation count. Things of each other kind (the log's table
    ``uses``) are a layer too.

    Score: log2(size of the community) + s / (1 + s), where s is the sum of the account's weights;
    s / (1 + s) for an account in no community.

    Paper: Iannucci et al., 2025 (https://arxiv.org/abs/2512.19677), with its kernel
    and layers. Only a summary of the paper was read, so that details may differ.

    Complexity: O(pairs of account and entity * cap) and Louvain, near linear; memory grows with
    those pairs.

    When it fails: campaigns whose accounts are opened days apart or share nothing are missed.
    Families that sign up on one evening with one computer form small honest communities.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = CoAction().review(LogView(log, log.start + 3 * 86_400_000))
    >>> crowd = np.isin(found.account, log.crowd)
    >>> bool(found.score[crowd].min() > found.score[~crowd].max())
    True
    """

    def __init__(self, *, cap: int = CAP, gap_days: float = GAP_DAYS, least: float = LEAST) -> None:
        """Args are settings: cap of an entity, gap with a weight of 1/e, least weight of a link."""
        require_communities("co-action")
        if gap_days <= 0:
            raise DetectorError(f"gap_days of {gap_days}: must be above 0")
        self._least = least
        self._cap, self._decay = cap, 1 / (gap_days * MS_PER_DAY)
        self._uses = FirstUses()
        self._split: dict[bytes, npt.NDArray[np.int64]] = {}

    def review(self, log: LogView) -> Findings:
        """Score accounts by the community they are in."""
        self._uses.update(log)
        n = len(self._uses.index)
        layers = [
            co_actions(places, entities, time, n, self._decay, self._cap)
            for places, entities, time in self._uses.by_layer.values()
        ]
        total = layers[0] + layers[1] + layers[2]
        for layer in layers[3:]:
            total = total + layer
        total.data[total.data < self._least] = 0
        total.eliminate_zeros()
        strength = np.asarray(total.sum(axis=1), np.float64).ravel()
        cluster = communities(total, self._uses.created, self._split)
        size = np.bincount(cluster + 1, minlength=1)[cluster + 1]
        inside = cluster != NO_CLUSTER
        score = np.where(inside, np.log2(size), 0.0) + strength / (1 + strength)
        held = total > 0
        partners = [np.diff(sparse.csr_array(layer.multiply(held)).indptr) for layer in layers]
        reason = [""] * n
        for i in np.flatnonzero(strength > 0).tolist():
            shared = ", ".join(
                f"{layer} with {many[i]}"
                for layer, many in zip(self._uses.by_layer, partners, strict=True)
                if many[i]
            )
            where = f"in a community of {size[i]} accounts" if inside[i] else "in no community"
            reason[i] = f"{where}; took up together: {shared} (weight {strength[i]:.2f})"
        return Findings(self._uses.index.ids, score, cluster, reason)
