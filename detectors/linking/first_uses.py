"""When each account first used each device, card, address or thing of another kind."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.linking.kinds import other_uses
from shamcrowd.detectors.linking.personal import PersonalAddresses
from shamcrowd.recording.units import EntityIds, Millis, Places
from shamcrowd.recording.view import LogView

LAYERS = ("device", "card", "address")
"""Layers of things with a column of their own; things of each other kind are a layer more."""


class FirstUses:
    """Each account's first use of each thing, by layer, updated review by review.

    Only personal addresses of accounts that belong to no organisation count.

    Attributes:
        index: the accounts.
        created: shape (accounts,), ms since 1970 of each sign-up.
        by_layer: for each layer an array of shape (3, n), sorted by its first two rows, each pair
            once: position of the account, id of the thing, ms since 1970 of the first use.

    >>> from shamcrowd.recording.samples import sample_log
    >>> uses, log = FirstUses(), sample_log()
    >>> uses.update(LogView(log, log.start + 86_400_000))
    >>> sorted(uses.by_layer)
    ['address', 'card', 'device']
    """

    def __init__(self) -> None:
        self.index = AccountIndex()
        self.created = np.empty(0, np.int64)
        self.by_layer = {layer: np.empty((3, 0), np.int64) for layer in LAYERS}
        self._personal = PersonalAddresses()

    def update(self, log: LogView) -> None:
        """Process the rows since the previous review."""
        self.index.update(log)
        self._personal.update(log, self.index)
        new = log.new.arrow("accounts", ["account", "created", "device", "address"])
        place, created = self.index.of(_numbers(new, "account")), _numbers(new, "created")
        grown = np.zeros(len(self.index), np.int64)
        grown[: len(self.created)] = self.created
        grown[place] = created
        self.created = grown
        self._add("device", place, _numbers(new, "device"), created)
        self._add_addresses(place, _numbers(new, "address"), created)
        rows = log.new.arrow("requests", ["account", "address", "time"])
        place = self.index.of(_numbers(rows, "account"))
        self._add_addresses(place, _numbers(rows, "address"), _numbers(rows, "time"))
        for layer in ("device", "card"):
            rows = log.new.arrow("activity", ["account", layer, "time"])
            rows = rows.filter(rows.column(layer).is_valid())
            place = self.index.of(_numbers(rows, "account"))
            self._add(layer, place, _numbers(rows, layer), _numbers(rows, "time"))
        for uses in other_uses(log, self.index):
            self.by_layer.setdefault(uses.kind, np.empty((3, 0), np.int64))
            self._add(uses.kind, uses.place, uses.thing, uses.time)

    def _add_addresses(self, place: Places, address: EntityIds, time: Millis) -> None:
        kept = self._personal.informative(place, address)
        self._add("address", place[kept], address[kept], time[kept])

    def _add(self, layer: str, place: Places, entity: EntityIds, time: Millis) -> None:
        used = np.concatenate([self.by_layer[layer], np.stack([place, entity, time])], axis=1)
        packed = used[0] << 32 | used[1]
        order = np.lexsort((used[2], packed))
        first = order[np.diff(packed[order], prepend=-1) != 0]
        self.by_layer[layer] = used[:, first]


def _numbers(table: pa.Table, name: str) -> npt.NDArray[np.int64]:
    numbers: npt.NDArray[np.int64] = table.column(name).cast("int64").to_numpy()
    return numbers
