"""Which accounts share what: the links that a graph detector weighs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from detectors.features.index import AccountIndex, Pairs, together
from detectors.graph.personal import PersonalAddresses
from recording.view import LogView


@dataclass(frozen=True)
class Kind:
    """A kind of shared thing. Above ``cap`` accounts it says nothing (a hub)."""

    name: str
    cap: int


DEVICE = Kind("device", 60)
CARD = Kind("card", 100)
ADDRESS = Kind("address", 60)
MAILBOX = Kind("mailbox grammar", 80)
KINDS = (DEVICE, CARD, ADDRESS, MAILBOX)


class SharedThings:
    """Pairs of account and thing, by kind, kept up review by review."""

    def __init__(self) -> None:
        self.index = AccountIndex()
        self.pairs = {kind: Pairs() for kind in KINDS}
        self._personal = PersonalAddresses()
        self._grammars: dict[str, int] = {}

    def update(self, log: LogView) -> None:
        """Take in what came since the last review."""
        new = log.new.accounts(["account", "device", "address", "mailbox"])
        self.index.update(log)
        place = self.index.of(new["account"].to_numpy())
        self._personal.update(log, self.index)
        self.pairs[DEVICE].add(place, new["device"].to_numpy(np.int64))
        self._addresses(place, new["address"].to_numpy(np.int64))
        met = together(log, self.index, "address")
        self._addresses(met >> 32, met & 0xFFFFFFFF)
        activity = log.new.activity(["account", "device", "card"])
        place_there = self.index.of(activity["account"].to_numpy())
        for kind, name in ((DEVICE, "device"), (CARD, "card")):
            there = activity[name].notna().to_numpy()
            things = activity[name].to_numpy()[there].astype(np.int64)
            self.pairs[kind].add(place_there[there], things)
        self._mailboxes(log, place, new["mailbox"])

    def _addresses(self, place: npt.NDArray[np.int64], address: npt.NDArray[np.int64]) -> None:
        fit = self._personal.fit(place, address)
        self.pairs[ADDRESS].add(place[fit], address[fit])

    def _mailboxes(
        self, log: LogView, place: npt.NDArray[np.int64], mailbox: pd.Series[int]
    ) -> None:
        """A mailbox's grammar: its domain, and the shape of its name where it ends in digits."""
        known = log.entity("mailboxes", ["mailbox", "domain", "local"]) if len(place) else None
        if known is None:
            return
        known = known.set_index("mailbox").loc[mailbox.to_numpy()]
        shape = known["local"].str.replace(r"[a-z]", "a", regex=True)
        shape = shape.str.replace(r"[0-9]", "0", regex=True)
        telling = shape.str.contains("000", regex=False).to_numpy() & ~self._personal.member[place]
        words = (shape + "@" + known["domain"]).to_numpy()[telling]
        codes = [self._grammars.setdefault(word, len(self._grammars)) for word in words]
        self.pairs[MAILBOX].add(place[telling], np.array(codes, np.int64))

    def links(self, kind: Kind) -> sparse.csr_array:
        """Shape (accounts, accounts): rarity of the rarest thing of a kind that two share, 0 to 1.

        Rarity is ``log(cap / n) / log(cap / 2)`` for a thing with n accounts: 1 for a thing that
        two share, 0 at the cap. Things that two accounts share add up, to 1 at most.
        """
        pairs, n = self.pairs[kind], len(self.index)
        _, code, count = np.unique(pairs.things, return_inverse=True, return_counts=True)
        fit = (count[code] >= 2) & (count[code] < kind.cap)
        rarity = np.log(kind.cap / count[code[fit]]) / np.log(kind.cap / 2)
        incidence = sparse.csr_array(
            (np.sqrt(rarity), (pairs.places[fit], code[fit])), shape=(n, len(count))
        )
        shared = sparse.csr_array(incidence @ incidence.T)
        others = shared.indices != np.repeat(np.arange(n), np.diff(shared.indptr))
        begin = np.append(0, np.cumsum(others))[shared.indptr]
        rarest = np.minimum(shared.data[others], 1.0)
        links = sparse.csr_array((rarest, shared.indices[others], begin), shape=(n, n))
        # Kinds are added up: rows in order are merged, others scattered over all of memory.
        links.sort_indices()
        return links
