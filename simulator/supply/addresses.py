"""Network addresses from ranges that are not routed.

IPv4 from 240.0.0.0/4 (RFC 1112), IPv6 from 3fff::/20 (documentation, RFC 9637); autonomous system
numbers are private-use ones (RFC 6996).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.schema import ADDRESSES
from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import bits, mixed, unit
from shamcrowd.simulator.supply.networks import KINDS, Networks, prefix_text
from shamcrowd.simulator.supply.places import COUNTRIES
from shamcrowd.simulator.supply.register import Register

FAMILIES = ("ipv4", "ipv6")
_SIX = np.int64(1) << 60
"""Marks the numbers of IPv6 prefixes, in the texts already made."""


class Addresses:
    """Creates addresses by country and kind.

    Args:
        ids: maps handles to ids.
        networks: operators and blocks that all addresses are in.
    """

    def __init__(self, ids: Ids, networks: Networks) -> None:
        self._networks = networks
        self.register = Register(
            ADDRESSES, ids, {"family": FAMILIES, "country": COUNTRIES, "kind": KINDS}
        )

    def take(
        self,
        counter: Counter,
        rng: np.random.Generator,
        country: npt.NDArray[np.int8],
        kind: str,
        block: npt.NDArray[np.int64] | None = None,
        *,
        luck: npt.NDArray[np.float64] | None = None,
        ipv6: bool | None = None,
    ) -> Handles:
        """Create one address for each entry of ``country``.

        Args:
            counter: handle counter of the owner.
            rng: random stream.
            country: shape (n,), country codes.
            kind: one of `KINDS`.
            block: shape (n,), any whole numbers: addresses of one country and kind with equal
                numbers are in one block; None: each in a block of its own choice.
            luck: shape (n,), numbers in [0, 1): neighbouring numbers mean neighbouring blocks;
                None: random.
            ipv6: whether all, or none, are IPv6; None: as is usual in the country.

        Returns:
            Handles, shape (n,).
        """
        count = len(country)
        if block is None:
            word = bits(rng, count)
            luck = rng.random(count) if luck is None else luck
        else:
            word = mixed(block.astype(np.uint64), 3)
            luck = unit(mixed(word, 4))
        lines = self._networks.lines(country, KINDS.index(kind), luck, word, ipv6)
        return self.register.add(
            counter,
            count,
            prefix=_texts(lines.number, lines.ipv6),
            family=lines.ipv6.astype(np.int8),
            asn=lines.asn,
            country=country,
            kind=np.full(count, KINDS.index(kind), np.int8),
        )

    def beside(self, counter: Counter, handles: Handles) -> Handles:
        """Return the address of another device behind the same line, for each address.

        Behind IPv4 all devices have one address; with IPv6 each has its own in the same prefix.
        """
        found = handles.copy()
        rows = self.register.rows(handles)
        six = np.flatnonzero(rows["family"] == 1)
        if len(six):
            own = {name: column[six] for name, column in rows.items()}
            found[six] = self.register.add(counter, len(six), **own)
        return found


def _texts(number: npt.NDArray[np.int64], ipv6: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    distinct, at = np.unique(np.where(ipv6, number | _SIX, number), return_inverse=True)
    texts = [prefix_text(n & ~int(_SIX), n >= _SIX) for n in distinct.tolist()]
    return np.array(texts, object)[at]
