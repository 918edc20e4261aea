"""Payment cards: tokens with a BIN that starts with 9, which no card network issues."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.schema import CARDS
from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.supply.places import COUNTRIES, COUNTRY_TABLE, countries
from shamcrowd.simulator.supply.register import Register
from shamcrowd.simulator.supply.text import each_text

KINDS = ("credit", "debit", "prepaid", "virtual")
SHARES = (0.46, 0.40, 0.05, 0.09)
"""Shares of the kinds of card among legitimate payers (assumed)."""
ISSUERS = 60
"""Issuers in a large country, counted with every range of a large one (assumed)."""
ABROAD = 0.03
"""Share of people whose card was issued in another country: migrants, expatriates, and customers of
banks without borders (assumed; 3.7 % of people live outside their country of birth: UN DESA 2024).
"""
_FIRST = 900_000
_NUMBERS = 79_000
"""BINs from 900000; from 979200 they belong to a network."""


class Cards:
    """Creates payment cards.

    Args:
        ids: maps handles to ids.
        rng: stream that gives BINs to issuers.
    """

    def __init__(self, ids: Ids, rng: np.random.Generator) -> None:
        self.register = Register(CARDS, ids, {"country": COUNTRIES, "kind": KINDS})
        share = np.array([country.share for country in COUNTRY_TABLE])
        # Large countries have more issuers.
        each = np.rint(8 + (ISSUERS - 8) * np.sqrt(share / share.max())).astype(np.int64)
        cell = np.repeat(np.arange(len(each) * len(KINDS)), np.repeat(each, len(KINDS)))
        rank = np.arange(len(cell)) - np.searchsorted(cell, cell)
        # The largest has about a tenth of a large country's cards (assumed).
        weight = 1 / (rank + 3.0)
        edges = np.cumsum(weight)
        total = np.bincount(cell, weight)
        before = np.cumsum(total) - total
        self._edges = cell + (edges - before[cell]) / total[cell]
        self._edges[np.flatnonzero(np.diff(cell, append=-1))] = np.unique(cell) + 1.0
        self._bin = _FIRST + rng.permutation(_NUMBERS)[: len(cell)]

    def take(
        self,
        counter: Counter,
        rng: np.random.Generator,
        country: npt.NDArray[np.int8],
        shares: tuple[float, ...] = SHARES,
        issuers: int = ISSUERS,
    ) -> Handles:
        """Create one card for each entry of ``country``.

        Args:
            counter: handle counter of the owner.
            rng: random stream.
            country: shape (n,), codes of the countries that the owners live in.
            shares: shares of `KINDS`.
            issuers: a number below `ISSUERS` narrows the choice to so many of them, those of
                middle size.

        Returns:
            Handles, shape (n,).
        """
        count = len(country)
        kind = np.searchsorted(np.cumsum(shares)[:-1], rng.random(count), side="right")
        away = rng.random(count) < ABROAD
        issued = np.where(away, countries(rng.random(count)), country).astype(np.int8)
        part = min(issuers / ISSUERS, 1.0)
        luck = 0.4 * (1 - part) + part * rng.random(count)
        at = np.searchsorted(
            self._edges, issued.astype(np.int64) * len(KINDS) + kind + luck, side="right"
        )
        return self.register.add(
            counter,
            count,
            bin=each_text(self._bin[np.minimum(at, len(self._bin) - 1)], str),
            country=issued,
            kind=kind.astype(np.int8),
        )
