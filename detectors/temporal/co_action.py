"""Co-action network: accounts that start to use the same entities at about the same time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.detectors.base import NO_CLUSTER, Findings
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.linking.communities import communities, require_communities
from shamcrowd.detectors.linking.kinds import other_uses
from shamcrowd.detectors.linking.personal import PersonalAddresses
from shamcrowd.detectors.temporal.kernel import co_actions
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.units import MS_PER_DAY, EntityIds, Millis, Places
from shamcrowd.recording.view import LogView

GAP_DAYS = 1.0
"""A gap of so many days gives a weight of 1/e (assumed; the paper tunes it)."""
CAP = 60
"""An entity with more accounts is left out (assumed)."""
LAYERS = ("device", "card", "address")
"""Layers of things with a column of their own; things of each other kind are a layer more."""


class CoAction:
    """Communities of accounts that first used the same devices, cards and addresses together.

    An action is an account's first use of an entity. In each layer (devices, cards, addresses) the
    weight of two accounts is the sum over shared entities of exp(-decay * gap) / (k - 1), where gap
    is the time between their first uses, k the number of accounts of the entity, and decay 1/day.
    The layers are summed and split into communities by Louvain. Only personal addresses of
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

    def __init__(self, *, cap: int = CAP, gap_days: float = GAP_DAYS) -> None:
        """Args are settings: the cap of an entity, and the gap with a weight of 1/e."""
        require_communities("co-action")
        if gap_days <= 0:
            raise DetectorError(f"gap_days of {gap_days}: must be above 0")
        self._cap, self._decay = cap, 1 / (gap_days * MS_PER_DAY)
        self._index = AccountIndex()
        self._personal = PersonalAddresses()
        self._created = np.empty(0, np.int64)
        self._split: dict[bytes, npt.NDArray[np.int64]] = {}
        # Account, entity and moment of first use; shape (3, n), sorted, each pair once.
        self._used = {layer: np.empty((3, 0), np.int64) for layer in LAYERS}

    def review(self, log: LogView) -> Findings:
        """Score accounts by the community they are in."""
        self._update(log)
        n = len(self._index)
        layers = [
            co_actions(places, entities, time, n, self._decay, self._cap)
            for places, entities, time in self._used.values()
        ]
        total = layers[0] + layers[1] + layers[2]
        for layer in layers[3:]:
            total = total + layer
        strength = np.asarray(total.sum(axis=1), np.float64).ravel()
        cluster = communities(total, self._created, self._split)
        size = np.bincount(cluster + 1, minlength=1)[cluster + 1]
        inside = cluster != NO_CLUSTER
        score = np.where(inside, np.log2(size), 0.0) + strength / (1 + strength)
        partners = [np.diff(layer.indptr) for layer in layers]
        reason = [""] * n
        for i in np.flatnonzero(strength > 0).tolist():
            shared = ", ".join(
                f"{layer} with {many[i]}"
                for layer, many in zip(self._used, partners, strict=True)
                if many[i]
            )
            where = f"in a community of {size[i]} accounts" if inside[i] else "in no community"
            reason[i] = f"{where}; took up together: {shared} (weight {strength[i]:.2f})"
        return Findings(self._index.ids, score, cluster, reason)

    def _update(self, log: LogView) -> None:
        self._index.update(log)
        self._personal.update(log, self._index)
        new = log.new.arrow("accounts", ["account", "created", "device", "address"])
        place, created = self._index.of(_numbers(new, "account")), _numbers(new, "created")
        grown = np.zeros(len(self._index), np.int64)
        grown[: len(self._created)] = self._created
        grown[place] = created
        self._created = grown
        self._add("device", place, _numbers(new, "device"), created)
        self._add_addresses(place, _numbers(new, "address"), created)
        rows = log.new.arrow("requests", ["account", "address", "time"])
        place = self._index.of(_numbers(rows, "account"))
        self._add_addresses(place, _numbers(rows, "address"), _numbers(rows, "time"))
        for layer in ("device", "card"):
            rows = log.new.arrow("activity", ["account", layer, "time"])
            rows = rows.filter(rows.column(layer).is_valid())
            place = self._index.of(_numbers(rows, "account"))
            self._add(layer, place, _numbers(rows, layer), _numbers(rows, "time"))
        for uses in other_uses(log, self._index):
            self._used.setdefault(uses.kind, np.empty((3, 0), np.int64))
            self._add(uses.kind, uses.place, uses.thing, uses.time)

    def _add_addresses(
        self,
        place: Places,
        address: EntityIds,
        time: Millis,
    ) -> None:
        kept = self._personal.informative(place, address)
        self._add("address", place[kept], address[kept], time[kept])

    def _add(
        self,
        layer: str,
        place: Places,
        entity: EntityIds,
        time: Millis,
    ) -> None:
        used = np.concatenate([self._used[layer], np.stack([place, entity, time])], axis=1)
        packed = used[0] << 32 | used[1]
        order = np.lexsort((used[2], packed))
        first = order[np.diff(packed[order], prepend=-1) != 0]
        self._used[layer] = used[:, first]


def _numbers(table: pa.Table, name: str) -> npt.NDArray[np.int64]:
    numbers: npt.NDArray[np.int64] = table.column(name).cast("int64").to_numpy()
    return numbers
