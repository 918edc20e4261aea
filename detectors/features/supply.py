"""What accounts use and share: addresses, clients, devices, cards, mail domains, blocks."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from detectors.features.batch import Batch
from detectors.features.index import AccountIndex, Pairs, begins, sharing
from detectors.features.sums import Sums
from recording.view import LogView

MS_PER_DAY = 86_400_000
RENTED = ("hosting", "vpn")


class Supply:
    """Pairs of account and thing, and what the platform knows of the things."""

    def __init__(self) -> None:
        self._addresses, self._clients, self._cards = Pairs(), Pairs(), Pairs()
        self._sum = Sums(rented=0, abroad=0)
        self._account = pd.DataFrame(
            {name: pd.Series(dtype=np.int64) for name in ("country", "device", "block", "domain")}
        )
        self._known = pd.DataFrame({"country": [], "rented": [], "block": []})
        self._bins, self._boxes = pd.DataFrame({"bin": []}), pd.DataFrame({"domain": []})
        self._codes: dict[str, dict[str, int]] = {}

    def grow(self, log: LogView, rows: pd.DataFrame) -> None:
        """Take in new entities and new accounts; ``rows`` by id, in the order of their places."""
        known = log.new.entity("addresses", ["address", "prefix", "country", "kind"])
        seen = {
            "country": self._coded("country", known["country"]),
            "rented": known["kind"].isin(RENTED).to_numpy(),
            "block": self._coded("block", known["prefix"]),
        }
        self._known = _joined(self._known, pd.DataFrame(seen, index=known["address"]))
        cards = log.new.entity("cards", ["card", "bin"])
        coded = {"bin": self._coded("bin", cards["bin"])}
        self._bins = _joined(self._bins, pd.DataFrame(coded, index=cards["card"]))
        boxes = log.new.entity("mailboxes", ["mailbox", "domain"])
        domain = {"domain": self._coded("domain", boxes["domain"])}
        self._boxes = _joined(self._boxes, pd.DataFrame(domain, index=boxes["mailbox"]))
        # What is not known is nobody else's: a negative number of its own.
        nobodys = -1 - np.arange(len(self._account), len(self._account) + len(rows))
        block = self._known["block"].reindex(rows["address"]).to_numpy(float)
        domain_of = self._boxes["domain"].reindex(rows["mailbox"]).to_numpy(float)
        fresh = pd.DataFrame(
            {
                "country": self._coded("country", rows["country"]),
                "device": rows["device"].to_numpy(np.int64),
                "block": np.where(np.isnan(block), nobodys, block).astype(np.int64),
                "domain": np.where(np.isnan(domain_of), nobodys, domain_of).astype(np.int64),
            }
        )
        self._account = _joined(self._account, fresh, ignore_index=True)
        self._sum.grow(len(self._account))

    def _coded(self, name: str, words: pd.Series) -> npt.NDArray[np.int64]:
        seen = self._codes.setdefault(name, {})
        code, unique = pd.factorize(words.astype(object))
        own = np.array([seen.setdefault(word, len(seen)) for word in unique], np.int64)
        return own[code] if len(own) else np.empty(0, np.int64)

    def add(self, batch: Batch) -> None:
        """Take in rows of requests."""
        address = batch.column("address")
        kind = address.dtype
        self._clients.add(batch.place, batch.column("client"))
        # An address is looked up once a run of an account's requests from it, not once a row.
        packed = np.sort(batch.place << 32 | address)
        first = np.flatnonzero(begins(packed))
        rows = np.diff(first, append=len(packed))
        place, address = packed[first] >> 32, packed[first] & 0xFFFFFFFF
        self._addresses.add(place, address)
        # In the type it came in: for another pandas makes its hash table anew.
        at = self._known.index.get_indexer(pd.Index(address.astype(kind)))
        known = at >= 0
        rented = self._known["rented"].to_numpy(np.bool_)[at] & known
        country = self._known["country"].to_numpy(np.int64)[at]
        home = self._account["country"].to_numpy()[place]
        begin = np.flatnonzero(begins(place))
        for name, here in (("rented", rented), ("abroad", (country != home) | ~known)):
            self._sum[name][place[begin]] += np.add.reduceat(rows * here, begin)

    def add_cards(self, index: AccountIndex, added: pd.DataFrame) -> None:
        """Take in activity rows in which an account adds a card."""
        place = index.of(added["account"].to_numpy())
        self._cards.add(place, added["card"].to_numpy(np.int64))

    def columns(
        self, requests: npt.NDArray[np.float64], created: npt.NDArray[np.int64]
    ) -> dict[str, npt.NDArray[Any]]:
        """Columns of the feature table, each of shape (accounts,)."""
        n = len(self._account)
        places, many = np.arange(n), np.maximum(requests, 1)
        cards = self._cards
        bins = self._bins["bin"].reindex(cards.things).fillna(-1).to_numpy(np.int64)
        of_bin = Pairs()
        of_bin.add(cards.places, bins + 1)
        block, domain = self._account["block"].to_numpy(), self._account["domain"].to_numpy()
        return {
            "addresses": np.log1p(np.bincount(self._addresses.places, minlength=n)),
            "clients": np.log1p(np.bincount(self._clients.places, minlength=n)),
            "rented": self._sum["rented"] / many,
            "abroad": self._sum["abroad"] / many,
            "address_shared": _shared(self._addresses.places, self._addresses.things, n),
            "device_shared": _shared(places, self._account["device"].to_numpy(), n),
            "card_shared": _shared(cards.places, cards.things, n),
            "bin_shared": _shared(of_bin.places, of_bin.things, n),
            "domain_shared": _shared(places, domain, n),
            "block_day": np.log1p(_near(block, created, MS_PER_DAY)),
            "domain_day": np.log1p(_near(domain, created, MS_PER_DAY)),
        }


def _joined(old: pd.DataFrame, new: pd.DataFrame, ignore_index: bool = False) -> pd.DataFrame:
    return pd.concat([old, new], ignore_index=ignore_index) if len(old) else new


def _shared(
    places: npt.NDArray[np.int64], things: npt.NDArray[np.int64], accounts: int
) -> npt.NDArray[np.float64]:
    logs: npt.NDArray[np.float64] = np.log1p(sharing(places, things, accounts))
    return logs


def _near(
    thing: npt.NDArray[np.int64], created: npt.NDArray[np.int64], reach: int
) -> npt.NDArray[np.int64]:
    """Other accounts with the same thing opened at most ``reach`` ms before or after.

    >>> _near(np.array([4, 4, 4, 7]), np.array([0, 5, 30, 5]), 10).tolist()
    [1, 1, 0, 0]
    """
    if not len(thing):
        return np.empty(0, np.int64)
    order = np.lexsort((created, thing))
    step = int(np.ptp(created)) + 2 * reach + 2
    _, code = np.unique(thing[order], return_inverse=True)
    line = code * step + (created[order] - created.min())
    count = np.searchsorted(line, line + reach, "right") - np.searchsorted(line, line - reach)
    near = np.empty(len(thing), np.int64)
    near[order] = count - 1
    return near
