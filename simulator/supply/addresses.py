"""Network addresses from ranges that are not routed.

IPv4 from 240.0.0.0/4 (RFC 1112), IPv6 from 3fff::/20 (documentation, RFC 9637); autonomous system
numbers are private-use ones (RFC 6996).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.schema import ADDRESSES
from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.per_handle import PerHandle
from shamcrowd.simulator.core.streams import bits, mixed, uniform_by_id, unit
from shamcrowd.simulator.supply.networks import KINDS, Networks, prefix_text
from shamcrowd.simulator.supply.places import COUNTRIES
from shamcrowd.simulator.supply.register import Register

FAMILIES = ("ipv4", "ipv6")
LEASE_DAYS = ((0.15, 1.0), (0.5, 14.0), (1.0, 120.0))
"""Mean days that a home keeps its IPv4 address, by cumulative share of the providers: some renew
all every day, others when the line is down (Padmanabhan et al. 2016; figures assumed)."""
IPV6_DAYS = 1.0
"""Mean days that a device keeps its IPv6 address (RFC 8981: a new one every day), in a prefix that
stays for months (Padmanabhan et al. 2020)."""
_HOME, _PHONE = KINDS.index("residential"), KINDS.index("mobile")
_SIX = np.int64(1) << 60
"""Marks the numbers of IPv6 prefixes, in the texts already made."""


class Addresses:
    """Creates addresses by country and kind.

    Args:
        ids: maps handles to ids.
        networks: operators and blocks that all addresses are in.
        key: random key of the world.
    """

    def __init__(self, ids: Ids, networks: Networks, key: int) -> None:
        self._networks = networks
        self._key = key
        self._counters: list[Counter] = []
        self._lease = PerHandle(np.float32, 0.0)
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
        fixed: bool = False,
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
            fixed: they never change, such as gateways.

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
        return self._add(
            counter,
            fixed,
            prefix=_texts(lines.number, lines.ipv6),
            family=lines.ipv6.astype(np.int8),
            asn=lines.asn,
            country=country,
            kind=np.full(count, KINDS.index(kind), np.int8),
        )

    def nearby(self, counter: Counter, handles: Handles) -> Handles:
        """Return the address of another device behind the same line, for each address.

        Behind IPv4 all devices have one address; with IPv6 each has its own in the same prefix.
        """
        found = handles.copy()
        rows = self.register.rows(handles)
        six = np.flatnonzero(rows["family"] == 1)
        if len(six):
            found[six] = self._add(
                counter, False, **{name: column[six] for name, column in rows.items()}
            )
        return found

    def _add(self, counter: Counter, fixed: bool, **rows: npt.NDArray[Any]) -> Handles:
        handles = self.register.add(counter, len(rows["asn"]), **rows)
        if counter not in self._counters:
            self._counters.append(counter)
        if not fixed:
            home, six = rows["kind"] == _HOME, rows["family"] == 1
            phone = (rows["kind"] == _PHONE) & six
            luck = unit(mixed(rows["asn"].astype(np.uint64), self._key))
            shares, days = np.array(LEASE_DAYS).T
            kept = np.where(six, IPV6_DAYS, days[np.searchsorted(shares, luck)])
            self._lease.set(handles, np.where(home | phone, kept, 0.0))
        return handles

    def lease_days(self, handles: Handles) -> npt.NDArray[np.float32]:
        """Mean days (shape (n,)) until addresses change; 0 for those that never do."""
        return self._lease.get(handles)

    def renewed(self, handles: Handles) -> Handles:
        """Return what lines have instead of their addresses: another one of the same operator.

        A home's IPv6 prefix stays. Each new address is its old one's owner's.
        """
        new = np.empty(len(handles), np.int64)
        for counter in self._counters:
            own = np.flatnonzero(counter.owns(handles))
            if not len(own):
                continue
            rows = self.register.rows(handles[own])
            key = uniform_by_id(self.register.ids(handles[own]), self._key ^ 0x5DEECE66D)
            word = mixed((key * 2.0**53).astype(np.uint64), 5)
            luck = self._networks.others(rows["country"], rows["kind"], rows["asn"], key)
            for kind, ipv6 in ((_HOME, False), (_PHONE, True)):
                some = np.flatnonzero((rows["kind"] == kind) & (rows["family"] == ipv6))
                lines = self._networks.lines(
                    rows["country"][some], kind, luck[some], word[some], ipv6
                )
                rows["prefix"][some] = _texts(lines.number, lines.ipv6)
            new[own] = self._add(counter, False, **rows)
        return new


def _texts(number: npt.NDArray[np.int64], ipv6: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    distinct, at = np.unique(np.where(ipv6, number | _SIX, number), return_inverse=True)
    texts = [prefix_text(n & ~int(_SIX), n >= _SIX) for n in distinct.tolist()]
    return np.array(texts, object)[at]
