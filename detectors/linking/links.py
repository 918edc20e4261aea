"""Links between accounts that share devices, cards, addresses or mailbox grammars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from shamcrowd.detectors.features.index import AccountIndex, EntityPairs, begins, together
from shamcrowd.detectors.features.shared_pairs import SharedPairs, shared_pairs
from shamcrowd.detectors.linking.edges import Edges
from shamcrowd.detectors.linking.kinds import (
    ADDRESS,
    CARD,
    DEVICE,
    KINDS,
    MAILBOX,
    MOST_CAP,
    MOST_KINDS,
    OTHER_CAP,
    EntityKind,
    capped,
    other_uses,
)
from shamcrowd.detectors.linking.personal import PersonalAddresses
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.units import EntityIds, Places
from shamcrowd.recording.view import LogView

CODES_PER_KIND = MOST_CAP
"""Codes per kind of entity; no cap is higher."""


@dataclass(frozen=True)
class LinkStrengths:
    """Pairs of accounts, with the strength of their link by each kind of entity.

    Attributes:
        one: shape (pairs,), position of an account.
        other: shape (pairs,), position of another, greater than ``one``. Pairs are unique and
            sorted by both.
        strength: shape (pairs, kinds), 0 where they share no entity of a kind, else the rarity of
            what they share, at most 1: ``log(cap / n) / log(cap / 2)`` for an entity of n accounts,
            which is 1 for an entity of two accounts and 0 at the cap, summed over entities.
    """

    one: Places
    other: Places
    strength: npt.NDArray[np.float64]


class SharedEntities:
    """Pairs of account and entity by kind, updated review by review.

    A mailbox grammar is the domain of a mailbox with the shape of its local part, for names that
    end in three digits or more. Addresses are personal ones, of accounts of no organisation.
    Things of other kinds are those of the log's table ``uses``.

    Args:
        cap: cap of every kind, from 2 to 1,024; 0: the usual one of each.
    """

    def __init__(self, cap: int = 0) -> None:
        if cap and not 2 <= cap <= MOST_CAP:
            raise DetectorError(f"a cap of {cap}: must be from 2 to {MOST_CAP}, or 0")
        self.index = AccountIndex()
        self._cap = cap
        self.kinds: tuple[EntityKind, ...] = tuple(capped(kind, cap) for kind in KINDS)
        """All kinds met so far: those with a column of their own, then the others."""
        self._by_name = {kind.name: EntityPairs() for kind in KINDS}
        self._personal = PersonalAddresses()
        self._grammars: dict[str, int] = {}

    def update(self, log: LogView) -> None:
        """Process the rows since the previous review."""
        new = log.new.arrow("accounts", ["account", "device", "address", "mailbox"])
        self.index.update(log)
        place = self.index.of(new["account"].to_numpy())
        self._personal.update(log, self.index)
        self.pairs(DEVICE).add(place, new["device"].to_numpy())
        self._addresses(place, new["address"].to_numpy())
        used = together(log, self.index, "address")
        self._addresses(used >> 32, used & 0xFFFFFFFF)
        activity = log.new.arrow("activity", ["account", "device", "card"])
        place_there = self.index.of(activity["account"].to_numpy())
        for kind, name in ((DEVICE, "device"), (CARD, "card")):
            there = activity[name].is_valid().to_numpy()
            self.pairs(kind).add(place_there[there], activity[name].drop_null().to_numpy())
        self._mailboxes(log, place, new["mailbox"])
        for uses in other_uses(log, self.index):
            if uses.kind not in self._by_name:
                self._meet(uses.kind)
            self._by_name[uses.kind].add(uses.place, uses.thing)

    def pairs(self, kind: EntityKind) -> EntityPairs:
        """The pairs of account and entity of a kind, whatever its cap."""
        return self._by_name[kind.name]

    @property
    def informative(self) -> tuple[EntityKind, ...]:
        """Addresses and the kinds without a column of their own: what accounts use as they act."""
        return tuple(k for k in self.kinds if k.name == ADDRESS.name) + self.kinds[len(KINDS) :]

    def _meet(self, name: str) -> None:
        if len(self.kinds) == MOST_KINDS:
            raise DetectorError(f"the log has things of over {MOST_KINDS} kinds, one is {name!r}")
        self._by_name[name] = EntityPairs()
        self.kinds = (*self.kinds, EntityKind(name, self._cap or OTHER_CAP))

    def _addresses(self, place: Places, address: EntityIds) -> None:
        fit = self._personal.informative(place, address)
        self.pairs(ADDRESS).add(place[fit], address[fit])

    def _mailboxes(self, log: LogView, place: Places, mailbox: pa.ChunkedArray) -> None:
        """Add mailbox grammars: letters become ``a``, digits ``0``, and the domain is kept."""
        if not len(place):
            return
        known = log.arrow("mailboxes", ["mailbox", "domain", "local"])
        known = known.take(pc.index_in(mailbox, known["mailbox"]))
        shape = pc.replace_substring_regex(known["local"].cast(pa.string()), "[a-z]", "a")
        shape = pc.replace_substring_regex(shape, "[0-9]", "0")
        # Of a log of others, a mailbox may be in no table: nothing is known of it.
        long = pc.fill_null(pc.match_substring(shape, "000"), False).to_numpy()
        informative = long & ~self._personal.member[place]
        grammars = pc.binary_join_element_wise(shape, known["domain"].cast(pa.string()), "@")
        codes = [
            self._grammars.setdefault(grammar, len(self._grammars))
            for grammar in grammars.filter(pa.array(informative)).to_pylist()
        ]
        self.pairs(MAILBOX).add(place[informative], np.array(codes, np.int64))

    def shared_pairs(self, *kinds: EntityKind) -> Iterator[SharedPairs]:
        """Yield pairs of accounts that share entities of these kinds, without hubs.

        The code of an entity is ``position of its kind * CODES_PER_KIND + its accounts``.
        """
        places, users, code = [np.empty(0, np.int32)], [np.empty(0, np.int64)], []
        for i, kind in enumerate(kinds):
            pairs = self.pairs(kind)
            # Sorted by entity, so that its accounts are adjacent.
            packed = np.sort(pairs.entities << 32 | pairs.places)
            count = np.diff(np.flatnonzero(begins(packed >> 32)), append=len(packed))
            fit = (count >= 2) & (count < kind.cap)
            places.append((packed & 0xFFFFFFFF)[np.repeat(fit, count)].astype(np.int32))
            users.append(count[fit])
            code.append(i * CODES_PER_KIND + count[fit])
        accounts, many, codes = (np.concatenate(parts) for parts in (places, users, code))
        yield from shared_pairs(accounts, many, codes, len(self.index))

    def link_strengths(self) -> Iterator[LinkStrengths]:
        """Yield the links of all pairs of accounts, a block of accounts at a time."""
        kinds = self.kinds
        rarity = np.zeros((len(kinds), CODES_PER_KIND))
        for i, kind in enumerate(kinds):
            rarity[i, 2 : kind.cap] = np.log(kind.cap / np.arange(2, kind.cap))
            rarity[i] /= np.log(max(kind.cap, 3) / 2)
        for pairs in self.shared_pairs(*kinds):
            pair = np.repeat(np.arange(len(pairs.one)), pairs.common)
            cell = pair * len(kinds) + pairs.code // CODES_PER_KIND
            cells = len(pairs.one) * len(kinds)
            total = np.bincount(cell, rarity.ravel()[pairs.code], minlength=cells)
            strength = np.minimum(total, 1.0).reshape(-1, len(kinds))
            yield LinkStrengths(pairs.one, pairs.other, strength)

    def links(self) -> sparse.csr_array:
        """Return the matrix of links, shape (accounts, accounts): strengths summed over kinds."""
        edges = Edges(len(self.index))
        for pairs in self.link_strengths():
            edges.add(pairs.one, pairs.other, pairs.strength.sum(axis=1))
        return edges.matrix()
