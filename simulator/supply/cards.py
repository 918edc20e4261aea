"""Payment cards: tokens with a BIN that starts with 9, which no card network issues."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.schema import CARDS
from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.supply.places import COUNTRIES
from shamcrowd.simulator.supply.register import Register
from shamcrowd.simulator.supply.text import each_text

KINDS = ("credit", "debit", "prepaid", "virtual")
SHARES = (0.46, 0.40, 0.05, 0.09)
"""Shares of the kinds of card among legitimate payers (assumed)."""
_ISSUERS = 60
"""BINs per country (assumed)."""


class Cards:
    """Creates payment cards."""

    def __init__(self, ids: Ids) -> None:
        self.register = Register(CARDS, ids, {"country": COUNTRIES, "kind": KINDS})

    def take(
        self,
        counter: Counter,
        rng: np.random.Generator,
        country: npt.NDArray[np.int8],
        shares: tuple[float, ...] = SHARES,
        issuers: int = _ISSUERS,
    ) -> Handles:
        """Create one card for each entry of ``country`` (shape (n,)); return handles (n,).

        ``shares`` are the shares of `KINDS`; a smaller ``issuers`` narrows the range of BINs.
        """
        count = len(country)
        kind = np.searchsorted(np.cumsum(shares)[:-1], rng.random(count), side="right")
        # Squared, for a few large issuers and many small ones.
        issuer = (rng.random(count) ** 2 * issuers).astype(np.int64)
        number = 900_000 + country.astype(np.int64) * 4 * _ISSUERS + kind * _ISSUERS + issuer
        return self.register.add(
            counter,
            count,
            bin=each_text(number, str),
            country=country,
            kind=kind.astype(np.int8),
        )
