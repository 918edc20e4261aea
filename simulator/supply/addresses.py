"""Network addresses in 240.0.0.0/4, which is not routed (RFC 1112).

Autonomous system numbers are private-use ones (RFC 6996).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.schema import ADDRESSES
from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import mixed
from shamcrowd.simulator.supply.places import COUNTRIES
from shamcrowd.simulator.supply.register import Register
from shamcrowd.simulator.supply.text import each_text

KINDS = ("residential", "mobile", "corporate", "campus", "hosting", "vpn")
_BLOCKS = 4096
"""Number of /24 blocks per country and kind."""
_OPERATORS = {"residential": 7, "mobile": 4, "corporate": 40, "campus": 25, "hosting": 9, "vpn": 6}
"""Networks (autonomous systems) per country and kind (assumed)."""
_FIRST_ASN = 4_200_000_000


class Addresses:
    """Creates addresses by country and kind."""

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
        """Create one address for each entry of ``country``.

        Args:
            counter: handle counter of the owner.
            rng: random stream.
            country: shape (n,), country codes.
            kind: one of `KINDS`.
            block: shape (n,), /24 blocks (0 to 4095) to use; random if None.

        Returns:
            Handles, shape (n,).
        """
        code = KINDS.index(kind)
        if block is None:
            block = rng.integers(_BLOCKS, size=len(country))
        number = (country.astype(np.int64) * len(KINDS) + code) * _BLOCKS + block
        # Hashed, so that neighbouring numbers do not mean neighbouring networks.
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
