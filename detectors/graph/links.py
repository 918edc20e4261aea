"""Which accounts share what: the links that a graph detector weighs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from shamcrowd.detectors.features.index import AccountIndex, Pairs, begins, together
from shamcrowd.detectors.features.shared_pairs import Met, meetings
from shamcrowd.detectors.graph.edges import Edges
from shamcrowd.detectors.graph.personal import PersonalAddresses
from shamcrowd.recording.view import LogView


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
WORDS_EACH = 128
"""More than every cap."""


@dataclass(frozen=True)
class Shares:
    """Pairs of accounts and how strongly each kind of thing links them.

    Attributes:
        one: shape (pairs,), an account.
        other: shape (pairs,), one behind it. Pairs are sorted by both and come once.
        strength: shape (pairs, kinds), 0 where they share nothing of a kind, else the rarity of
            what they share, 1 at most: ``log(cap / n) / log(cap / 2)`` for a thing with n accounts,
            which is 1 for a thing that two share and 0 at the cap; several things add up.
    """

    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    strength: npt.NDArray[np.float64]


class SharedThings:
    """Pairs of account and thing, by kind, kept up review by review."""

    def __init__(self) -> None:
        self.index = AccountIndex()
        self.pairs = {kind: Pairs() for kind in KINDS}
        self._personal = PersonalAddresses()
        self._grammars: dict[str, int] = {}

    def update(self, log: LogView) -> None:
        """Take in what came since the last review."""
        new = log.new.arrow("accounts", ["account", "device", "address", "mailbox"])
        self.index.update(log)
        place = self.index.of(new["account"].to_numpy())
        self._personal.update(log, self.index)
        self.pairs[DEVICE].add(place, new["device"].to_numpy())
        self._addresses(place, new["address"].to_numpy())
        met = together(log, self.index, "address")
        self._addresses(met >> 32, met & 0xFFFFFFFF)
        activity = log.new.arrow("activity", ["account", "device", "card"])
        place_there = self.index.of(activity["account"].to_numpy())
        for kind, name in ((DEVICE, "device"), (CARD, "card")):
            there = activity[name].is_valid().to_numpy()
            self.pairs[kind].add(place_there[there], activity[name].drop_null().to_numpy())
        self._mailboxes(log, place, new["mailbox"])

    def _addresses(self, place: npt.NDArray[np.int64], address: npt.NDArray[np.int64]) -> None:
        fit = self._personal.fit(place, address)
        self.pairs[ADDRESS].add(place[fit], address[fit])

    def _mailboxes(
        self, log: LogView, place: npt.NDArray[np.int64], mailbox: pa.ChunkedArray
    ) -> None:
        """A mailbox's grammar: its domain, and the shape of its name where it ends in digits."""
        if not len(place):
            return
        known = log.arrow("mailboxes", ["mailbox", "domain", "local"])
        known = known.take(pc.index_in(mailbox, known["mailbox"]))
        shape = pc.replace_substring_regex(known["local"].cast(pa.string()), "[a-z]", "a")
        shape = pc.replace_substring_regex(shape, "[0-9]", "0")
        telling = pc.match_substring(shape, "000").to_numpy() & ~self._personal.member[place]
        words = pc.binary_join_element_wise(shape, known["domain"].cast(pa.string()), "@")
        codes = [
            self._grammars.setdefault(word, len(self._grammars))
            for word in words.filter(pa.array(telling)).to_pylist()
        ]
        self.pairs[MAILBOX].add(place[telling], np.array(codes, np.int64))

    def meetings(self, *kinds: Kind) -> Iterator[Met]:
        """Accounts that share things of these kinds, hubs left out; some accounts' at a time.

        The word of a thing is ``place of its kind * WORDS_EACH + accounts that have it``.
        """
        places, users, word = [np.empty(0, np.int32)], [np.empty(0, np.int64)], []
        for i, kind in enumerate(kinds):
            pairs = self.pairs[kind]
            # By thing, whose accounts stand together.
            packed = np.sort(pairs.things << 32 | pairs.places)
            count = np.diff(np.flatnonzero(begins(packed >> 32)), append=len(packed))
            fit = (count >= 2) & (count < kind.cap)
            places.append((packed & 0xFFFFFFFF)[np.repeat(fit, count)].astype(np.int32))
            users.append(count[fit])
            word.append(i * WORDS_EACH + count[fit])
        here, many, said = (np.concatenate(parts) for parts in (places, users, word))
        yield from meetings(here, many, said, len(self.index))

    def shares(self) -> Iterator[Shares]:
        """What any two accounts share, some accounts' at a time."""
        rarity = np.zeros((len(KINDS), WORDS_EACH))
        for i, kind in enumerate(KINDS):
            rarity[i, 2 : kind.cap] = np.log(kind.cap / np.arange(2, kind.cap))
            rarity[i] /= np.log(kind.cap / 2)
        for met in self.meetings(*KINDS):
            pair = np.repeat(np.arange(len(met.one)), met.common)
            cell = pair * len(KINDS) + met.word // WORDS_EACH
            cells = len(met.one) * len(KINDS)
            total = np.bincount(cell, rarity.ravel()[met.word], minlength=cells)
            yield Shares(met.one, met.other, np.minimum(total, 1.0).reshape(-1, len(KINDS)))

    def links(self) -> sparse.csr_array:
        """Shape (accounts, accounts): the strength of what two share, kinds added up."""
        edges = Edges(len(self.index))
        for met in self.shares():
            edges.add(met.one, met.other, met.strength.sum(axis=1))
        return edges.matrix()
