"""Network addresses: all in 240.0.0.0/4, which no network routes (RFC 1112), with private-use
autonomous system numbers (RFC 6996).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.schema import ADDRESSES
from shamcrowd.simulator.core.handles import Counter, Handles, Ids
from shamcrowd.simulator.core.streams import mixed
from shamcrowd.simulator.supply.places import COUNTRIES
from shamcrowd.simulator.supply.register import Register
from shamcrowd.simulator.supply.text import each_text

KINDS = ("residential", "mobile", "corporate", "campus", "hosting", "vpn")
_BLOCKS = 4096
"""/24 blocks that one country has of one kind."""
_OPERATORS = {"residential": 7, "mobile": 4, "corporate": 40, "campus": 25, "hosting": 9, "vpn": 6}
"""Networks that share a country's blocks of one kind (assumed)."""
_FIRST_ASN = 4_200_000_000


class Addresses:
    """Deals out addresses by country and kind."""

    def __init__(self, ids: Ids) -> None:
        self.register = Register(ADDRESSES, ids, {"country": COUNTRIES, "kind": KINDS})

    def take(
        self,
        counter: Counter,
        rng: np.random.Generator,
        country: npt.NDArray[np.int8],
        kind: str,
        block: npt.NDArray[np.int64] | None = None,
    ) -> Handles:
        """One new address for each entry of ``country`` (codes).

        ``block`` (0 to 4095) puts addresses into chosen blocks; at random if it is None.
        """
        code = KINDS.index(kind)
        if block is None:
            block = rng.integers(_BLOCKS, size=len(country))
        number = (country.astype(np.int64) * len(KINDS) + code) * _BLOCKS + block
        # Scrambled, so that neighbouring numbers are not neighbouring networks.
        operator = mixed(number.astype(np.uint64) >> np.uint64(4)) % np.uint64(_OPERATORS[kind])
        asn = (
            _FIRST_ASN
            + (country.astype(np.int64) * len(KINDS) + code) * 64
            + operator.astype(np.int64)
        )
        return self.register.add(
            counter,
            len(country),
            prefix=each_text(number, _prefix),
            asn=asn,
            country=country,
            kind=np.full(len(country), code, np.int8),
        )


def _prefix(number: int) -> str:
    return f"{240 + (number >> 16)}.{number >> 8 & 255}.{number & 255}.0/24"
