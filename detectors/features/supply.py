"""Features of what accounts use and share: addresses, clients, devices, cards, mail domains."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.detectors.features.batch import RequestBatch
from shamcrowd.detectors.features.index import AccountIndex, EntityPairs, begins, sharing
from shamcrowd.detectors.features.static_attributes import StaticAttributes
from shamcrowd.detectors.features.sums import Sums
from shamcrowd.recording.units import MS_PER_DAY, EntityIds, Millis, Places
from shamcrowd.recording.view import LogView

RENTED = ("hosting", "vpn")


class SupplyFeatures:
    """Pairs of account and entity, and attributes of the entities."""

    def __init__(self) -> None:
        self._addresses, self._clients, self._cards = EntityPairs(), EntityPairs(), EntityPairs()
        self._sum = Sums(rented=0, abroad=0)
        self._account = {
            name: np.empty(0, np.int64) for name in ("country", "device", "block", "domain")
        }
        self._known = StaticAttributes(country=-1, rented=False, block=-1)
        self._bins, self._boxes = StaticAttributes(bin=-1), StaticAttributes(domain=-1)
        self._codes: dict[str, dict[str, int]] = {}

    def grow(self, log: LogView, rows: pa.Table) -> None:
        """Add new entities and accounts; ``rows`` are the accounts, sorted by id."""
        known = log.new.arrow("addresses", ["address", "prefix", "country", "kind"])
        rented = pc.is_in(known["kind"].cast(pa.string()), pa.array(RENTED))
        self._known.add(
            known["address"].to_numpy(),
            country=self._coded("country", known["country"]),
            rented=rented.to_numpy(),
            block=self._coded("block", known["prefix"]),
        )
        cards = log.new.arrow("cards", ["card", "bin"])
        self._bins.add(cards["card"].to_numpy(), bin=self._coded("bin", cards["bin"]))
        boxes = log.new.arrow("mailboxes", ["mailbox", "domain"])
        self._boxes.add(boxes["mailbox"].to_numpy(), domain=self._coded("domain", boxes["domain"]))
        # An unknown block or domain gets a negative number of its own, which no account shares.
        before = len(self._account["device"])
        unshared = -1 - np.arange(before, before + len(rows))
        block = self._known["block"][self._known.of(rows["address"].to_numpy())]
        domain = self._boxes["domain"][self._boxes.of(rows["mailbox"].to_numpy())]
        fresh = {
            "country": self._coded("country", rows["country"]),
            "device": rows["device"].to_numpy().astype(np.int64),
            "block": np.where(block < 0, unshared, block),
            "domain": np.where(domain < 0, unshared, domain),
        }
        for name, values in fresh.items():
            self._account[name] = np.concatenate([self._account[name], values])
        self._sum.grow(before + len(rows))

    def _coded(self, name: str, texts: pa.ChunkedArray) -> npt.NDArray[np.int64]:
        """Return a code for each text, -1 for null."""
        seen = self._codes.setdefault(name, {})
        code, unique = pd.factorize(texts.cast(pa.string()).to_numpy())
        # factorize gives -1 for null, which selects the last one.
        own = np.array([*(seen.setdefault(text, len(seen)) for text in unique), -1], np.int64)
        return own[code]

    def add(self, batch: RequestBatch) -> None:
        """Add rows of requests."""
        address = batch.column("address")
        kind = address.dtype
        self._clients.add(batch.place, batch.column("client"))
        # Each distinct pair of account and address is looked up once, not once per row.
        packed = np.sort(batch.place << 32 | address)
        first = np.flatnonzero(begins(packed))
        rows = np.diff(first, append=len(packed))
        place, address = packed[first] >> 32, packed[first] & 0xFFFFFFFF
        self._addresses.add(place, address)
        at = self._known.of(address.astype(kind))
        rented = self._known["rented"][at]
        home = self._account["country"][place]
        abroad = self._known["country"][at] != home
        begin = np.flatnonzero(begins(place))
        for name, here in (("rented", rented), ("abroad", abroad)):
            self._sum[name][place[begin]] += np.add.reduceat(rows * here, begin)

    def add_cards(self, index: AccountIndex, added: pa.Table) -> None:
        """Add rows of activity in which an account adds a card; one may not say which."""
        added = added.filter(pc.is_valid(added["card"]))
        self._cards.add(index.of(added["account"].to_numpy()), added["card"].to_numpy())

    def columns(
        self, requests: npt.NDArray[np.float64], created: Millis
    ) -> dict[str, npt.NDArray[Any]]:
        """Return columns of the feature table, each of shape (accounts,)."""
        n = len(self._account["device"])
        places, many = np.arange(n), np.maximum(requests, 1)
        cards = self._cards
        bins = self._bins["bin"][self._bins.of(cards.entities.astype(np.int32))]
        of_bin = EntityPairs()
        of_bin.add(cards.places, bins + 1)
        block, domain = self._account["block"], self._account["domain"]
        return {
            "addresses": np.log1p(np.bincount(self._addresses.places, minlength=n)),
            "clients": np.log1p(np.bincount(self._clients.places, minlength=n)),
            "rented": self._sum["rented"] / many,
            "abroad": self._sum["abroad"] / many,
            "address_shared": _shared(self._addresses.places, self._addresses.entities, n),
            "device_shared": _shared(places, self._account["device"], n),
            "card_shared": _shared(cards.places, cards.entities, n),
            "bin_shared": _shared(of_bin.places, of_bin.entities, n),
            "domain_shared": _shared(places, domain, n),
            "block_day": np.log1p(_near(block, created, MS_PER_DAY)),
            "domain_day": np.log1p(_near(domain, created, MS_PER_DAY)),
        }


def _shared(places: Places, entities: EntityIds, accounts: int) -> npt.NDArray[np.float64]:
    logs: npt.NDArray[np.float64] = np.log1p(sharing(places, entities, accounts))
    return logs


def _near(entity: EntityIds, created: Millis, reach: int) -> npt.NDArray[np.int64]:
    """Count other accounts with the same entity, opened at most ``reach`` ms before or after.

    >>> _near(np.array([4, 4, 4, 7]), np.array([0, 5, 30, 5]), 10).tolist()
    [1, 1, 0, 0]
    """
    if not len(entity):
        return np.empty(0, np.int64)
    order = np.lexsort((created, entity))
    step = int(np.ptp(created)) + 2 * reach + 2
    _, code = np.unique(entity[order], return_inverse=True)
    line = code * step + (created[order] - created.min())
    count = np.searchsorted(line, line + reach, "right") - np.searchsorted(line, line - reach)
    near = np.empty(len(entity), np.int64)
    near[order] = count - 1
    return near
