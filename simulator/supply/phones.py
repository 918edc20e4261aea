"""Phones: country code and a block of numbers that begin with 000, which no plan assigns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from recording.schema import PHONES
from simulator.handles import Counter, Handles, Ids
from simulator.supply.places import COUNTRIES, PLACES
from simulator.supply.register import Register

LINES = ("mobile", "voip")
VOIP_SHARE = 0.06
"""Share of honest people who give an internet number (assumed)."""
_BLOCKS = 900
_DIAL = {place.country: place.dial for place in PLACES}


class Phones:
    """Deals out phones."""

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
        """One new phone for each entry of ``country``; ``blocks`` narrows the ranges used."""
        count = len(country)
        block = rng.integers(blocks, size=count)
        text = [
            f"{_DIAL[COUNTRIES[c]]} 000 {b:03d}"
            for c, b in zip(country.tolist(), block.tolist(), strict=True)
        ]
        return self.register.add(
            counter,
            count,
            block=np.array(text, object),
            country=country,
            line=(rng.random(count) < voip).astype(np.int8),
        )
