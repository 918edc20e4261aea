"""Phones: country code and a number block starting with 000, which no numbering plan assigns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.schema import PHONES
from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.supply.places import COUNTRIES, PLACES
from shamcrowd.simulator.supply.register import Register
from shamcrowd.simulator.supply.text import each_text

LINES = ("mobile", "voip")
VOIP_SHARE = 0.06
"""Share of legitimate users who give an internet (VoIP) number (assumed)."""
_BLOCKS = 900
_DIAL = {place.country: place.dial for place in PLACES}


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
    ) -> Handles:
        """Create one phone for each entry of ``country`` (codes, shape (n,)); return handles (n,).

        ``voip`` is the share of internet numbers; a smaller ``blocks`` narrows the ranges used.
        """
        count = len(country)
        block = rng.integers(blocks, size=count)
        return self.register.add(
            counter,
            count,
            block=each_text(country * np.int64(_BLOCKS) + block, _block),
            country=country,
            line=(rng.random(count) < voip).astype(np.int8),
        )


def _block(number: int) -> str:
    country, block = divmod(number, _BLOCKS)
    return f"{_DIAL[COUNTRIES[country]]} 000 {block:03d}"
