"""Networks: operators by country and kind, with the blocks of addresses that they hand out.

Blocks are of unequal popularity, as pools of a provider are: some hold a hundred addresses that the
platform sees, most hold a few. Every owner draws from the same blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.streams import mixed, unit
from shamcrowd.simulator.supply.places import COUNTRIES, COUNTRY_TABLE

KINDS = ("residential", "mobile", "corporate", "campus", "hosting", "vpn")

OPERATORS: dict[str, tuple[float, ...]] = {
    # Fixed lines: the largest has a third, the largest four four fifths (assumed; regulators give
    # 25 to 45 % for the largest in most countries of the OECD).
    "residential": (34, 22, 15, 9, 6, 4, 3, 2, 2, 1, 1, 1),
    # Three or four carriers and their resellers (assumed, as above).
    "mobile": (40, 30, 20, 7, 3),
    # Business lines and companies with ranges of their own (assumed).
    "corporate": (22, 16, 12, 8, 6, 5, 5, 4, 4, 4, 4, 3, 3, 2, 2),
    # Universities, schools and research networks (assumed equal).
    "campus": (1,) * 14,
    # Cloud providers, in every country: 30, 20 and 13 % for the largest three (Synergy Research
    # Group, 2025); the others assumed.
    "hosting": (30, 20, 13, 6, 5, 5, 4, 4, 3, 3, 3, 2, 2),
    # VPN providers, in every country (assumed).
    "vpn": (24, 20, 14, 12, 10, 8, 7, 5),
}
"""Market shares of the operators by kind, largest first."""
WORLDWIDE = ("hosting", "vpn")
"""Kinds whose operators are the same in every country."""
PER_ACCOUNT = {
    "residential": 1.5,
    "mobile": 0.1,
    "corporate": 0.06,
    "campus": 0.03,
    "hosting": 0.2,
    "vpn": 0.02,
}
"""Addresses that the platform sees per account of a country, about (assumed)."""
DENSITY = {
    "residential": 20.0,
    "mobile": 20.0,
    "corporate": 4.0,
    "campus": 3.0,
    "hosting": 10.0,
    "vpn": 12.0,
}
"""Mean addresses per /24 that the platform sees (assumed: 185 are active in a year, Richter et al.
2016, of which a platform with one user in nine sees 20)."""
UNEVEN = 0.8
"""Sigma of the logarithm of the popularity of a provider's blocks (assumed)."""
IPV6 = {"corporate": 12, "campus": 30, "hosting": 10, "vpn": 3}
"""Share of addresses that are IPv6, percent, where it is not the country's (assumed: servers and
offices lag behind households)."""

_FIRST_ASN = 4_200_000_000
_SYSTEMS = 80_000_000
"""Numbers that are drawn from."""
_BLOCKS = 1 << 20
"""Number of /24 blocks in 240.0.0.0/4."""
_MOST = 900_000
"""Blocks that are used at most."""


@dataclass(frozen=True)
class Lines:
    """n lines, each the end of a customer's connection.

    Attributes:
        number: shape (n,), block (IPv4), or the upper half of the address (IPv6).
        asn: shape (n,), autonomous systems.
        ipv6: shape (n,), whether it is IPv6.
    """

    number: npt.NDArray[np.int64]
    asn: npt.NDArray[np.int64]
    ipv6: npt.NDArray[np.bool_]


class Networks:
    """The blocks of one world.

    Args:
        rng: stream that places operators and blocks; the same for every owner.
        accounts: legitimate accounts of the world, for which blocks are made.
    """

    def __init__(self, rng: np.random.Generator, accounts: int) -> None:
        country = np.repeat(np.arange(len(COUNTRIES)), len(KINDS))
        kind = np.tile(np.arange(len(KINDS)), len(COUNTRIES))
        share = np.array([each.share for each in COUNTRY_TABLE])
        wanted = np.array([PER_ACCOUNT[k] / DENSITY[k] for k in KINDS])[kind]
        wanted = wanted * accounts * (share / share.sum())[country]
        wanted *= min(1.0, _MOST / wanted.sum())
        self._weigh(rng, kind, wanted)
        self._ready = rng.random(self._operators)
        """How far each operator is with IPv6, 0 to 1."""
        self._ipv6 = np.array([each.ipv6 for each in COUNTRY_TABLE]) / 100

    def _weigh(
        self,
        rng: np.random.Generator,
        kind: npt.NDArray[np.int64],
        wanted: npt.NDArray[np.float64],
    ) -> None:
        """Lay out the blocks of every cell (a country and a kind), ``wanted`` in each."""
        shares = [np.array(OPERATORS[name]) / sum(OPERATORS[name]) for name in KINDS]
        sizes = [np.maximum(np.rint(w * shares[k]), 1) for k, w in zip(kind, wanted, strict=True)]
        many = np.concatenate(sizes).astype(np.int64)
        cell = np.repeat(np.arange(len(kind)), [len(each) for each in sizes])
        # Operators that are in every country count once; the others once in each.
        own = [np.isin(name, WORLDWIDE) for name in KINDS]
        identity = np.concatenate([np.arange(len(shares[k])) for k in kind]) + 64 * np.where(
            np.array(own)[kind[cell]], kind[cell], len(KINDS) + cell
        )
        distinct, operator = np.unique(identity, return_inverse=True)
        self._operators = len(distinct)
        shuffled = rng.permutation(self._operators)
        asn = _FIRST_ASN + np.sort(rng.choice(_SYSTEMS, self._operators, replace=False))
        # Each operator's blocks in a country lie side by side, and operators in any order.
        place = rng.permutation(len(many))
        begin = np.empty(len(many), np.int64)
        begin[place] = np.cumsum(many[place]) - many[place]
        gap = (_BLOCKS - int(many.sum())) // 2
        row = np.repeat(np.arange(len(many)), many)
        nth = np.arange(len(row)) - (np.cumsum(many) - many)[row]
        popular = np.exp(UNEVEN * rng.standard_normal(len(row)))
        part = np.concatenate([shares[k] for k in kind])
        weight = popular / np.bincount(row, popular)[row] * part[row]
        self._edges = np.cumsum(weight)
        # Exactly a whole number at the end of each cell.
        ends = np.flatnonzero(np.diff(cell[row], append=len(kind)))
        total = np.diff(self._edges[ends], prepend=0.0)
        before = (self._edges[ends] - total)[cell[row]]
        self._edges = cell[row] + (self._edges - before) / total[cell[row]]
        self._edges[ends] = np.arange(len(kind)) + 1.0
        self._block = gap + begin[row] + nth
        self._operator = shuffled[operator[row]]
        self._asn = asn
        self._nth = nth
        # Edges of each operator's blocks in each cell, by cell and system number.
        last = np.flatnonzero(np.diff(row, append=len(many)))
        self._high = self._edges[last]
        self._low = np.concatenate([[0.0], self._high[:-1]])
        which = cell * _SYSTEMS + (self._asn[shuffled[operator]] - _FIRST_ASN)
        self._by_system = np.argsort(which)
        self._systems = which[self._by_system]

    def others(
        self,
        country: npt.NDArray[np.int8],
        kind: npt.NDArray[np.int8],
        asn: npt.NDArray[np.int64],
        luck: npt.NDArray[np.float64],
    ) -> npt.NDArray[np.float64]:
        """Return numbers in [0, 1) that choose any block of an operator, for `lines`.

        Args:
            country: shape (n,), country codes.
            kind: shape (n,), indices into `KINDS`.
            asn: shape (n,), systems of the operators.
            luck: shape (n,), uniform numbers in [0, 1).
        """
        cell = country.astype(np.int64) * len(KINDS) + kind
        at = self._by_system[np.searchsorted(self._systems, cell * _SYSTEMS + (asn - _FIRST_ASN))]
        low, high = self._low[at], self._high[at]
        chosen: npt.NDArray[np.float64] = low + luck * (high - low) - cell
        return chosen

    def lines(
        self,
        country: npt.NDArray[np.int8],
        kind: int,
        luck: npt.NDArray[np.float64],
        word: npt.NDArray[np.uint64],
        ipv6: bool | None = None,
    ) -> Lines:
        """Draw the line of each customer.

        Args:
            country: shape (n,), country codes.
            kind: index into `KINDS`.
            luck: shape (n,), numbers in [0, 1) that choose operator and block: neighbouring numbers
                mean neighbouring blocks.
            word: shape (n,), random words that choose the rest.
            ipv6: whether all, or none, are IPv6; None: as is usual.
        """
        cell = country.astype(np.int64) * len(KINDS) + kind
        at = np.searchsorted(self._edges, cell + luck, side="right")
        at = np.minimum(at, len(self._edges) - 1)
        operator = self._operator[at]
        if ipv6 is None:
            rate = self._ipv6[country] if KINDS[kind] not in IPV6 else IPV6[KINDS[kind]] / 100
            # Some operators are ahead of their country, some behind.
            rate = np.minimum(rate * (0.5 + self._ready[operator]), 0.97)
            six = unit(mixed(word, 1)) < rate
        else:
            six = np.full(len(country), ipv6)
        return Lines(
            np.where(six, self._upper_half(at, operator, kind, word), self._block[at]),
            self._asn[operator],
            six,
        )

    def _upper_half(
        self,
        at: npt.NDArray[np.int64],
        operator: npt.NDArray[np.int64],
        kind: int,
        word: npt.NDArray[np.uint64],
    ) -> npt.NDArray[np.int64]:
        """Lower 44 bits of the upper half of IPv6 addresses in 3fff::/20: operator, pool, line."""
        lower = (mixed(word ^ at.astype(np.uint64), 2) & np.uint64(0xFFFFF)).astype(np.int64)
        if KINDS[kind] in ("residential", "corporate"):
            # A household has a /56 and uses its first /64 (RIPE-690 recommends a /56).
            lower &= 0xFFF00
        return operator << 32 | (self._nth[at] & 0xFFF) << 20 | lower


def prefix_text(number: int, ipv6: bool) -> str:
    """Text of the block that an address lies in: a /24, or a /64.

    >>> prefix_text(258, False), prefix_text((7 << 32) + 0x1A0F00, True)
    ('240.1.2.0/24', '3fff:7:1a:f00::/64')
    """
    if ipv6:
        return f"3fff:{number >> 32:x}:{number >> 16 & 0xFFFF:x}:{number & 0xFFFF:x}::/64"
    return f"{240 + (number >> 16)}.{number >> 8 & 255}.{number & 255}.0/24"
