"""Phones: country code and a number block starting with 000, which no numbering plan assigns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.schema import PHONES
from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.supply.places import COUNTRIES, COUNTRY_TABLE, countries
from shamcrowd.simulator.supply.register import Register
from shamcrowd.simulator.supply.text import each_text

LINES = ("mobile", "voip")
VOIP_SHARE = 0.06
"""Share of legitimate users who give an internet (VoIP) number (assumed)."""
ABROAD = 0.02
"""Share of users with a number of another country (assumed, as for cards)."""
_BLOCKS = 900
_VOIP_BLOCKS = 12
"""The last blocks of a country are those of providers of internet numbers (assumed)."""
_DIAL = {country.code: country.dial for country in COUNTRY_TABLE}


class Phones:
    """Creates phone numbers."""

    def __init__(self, ids: Ids) -> None:
        self.register = Register(PHONES, ids, {"country": COUNTRIES, "line": LINES})

    def take(
        self,
        counter: Counter,
        rng: np.random.Generator,
        country: npt.NDArray[np.int8],
        voip: float = VOIP_SHARE,
        blocks: int = _BLOCKS,
        abroad: float = ABROAD,
    ) -> Handles:
        """Create one phone for each entry of ``country``.

        Args:
            counter: handle counter of the owner.
            rng: random stream.
            country: shape (n,), codes of the countries that the owners live in.
            voip: share of internet numbers, 0 to 1.
            blocks: a smaller number narrows the choice to so many blocks of a country.
            abroad: share of numbers of another country, 0 to 1.

        Returns:
            Handles, shape (n,).
        """
        count = len(country)
        line = (rng.random(count) < voip).astype(np.int8)
        away = rng.random(count) < abroad
        there = np.where(away, countries(rng.random(count)), country).astype(np.int64)
        # Uneven: a carrier's blocks fill up one after the other.
        luck = rng.random(count) ** 1.5
        mobile = (luck * min(blocks, _BLOCKS - _VOIP_BLOCKS)).astype(np.int64)
        block = np.where(line == 1, _BLOCKS - 1 - (luck * _VOIP_BLOCKS).astype(np.int64), mobile)
        return self.register.add(
            counter,
            count,
            block=each_text(there * _BLOCKS + block, _block),
            country=there.astype(np.int8),
            line=line,
        )


def _block(number: int) -> str:
    country, block = divmod(number, _BLOCKS)
    return f"{_DIAL[COUNTRIES[country]]} 000 {block:03d}"
