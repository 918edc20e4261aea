"""Infrastructure shared by unrelated legitimate accounts: gateways, VPN exits, shared lines, build
runners, common browser fingerprints.

Each item is created when first needed, once per simulated world, and reused afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Handles
from shamcrowd.simulator.populations.common.relatives import Relatives
from shamcrowd.simulator.supply.places import (
    COUNTRIES,
    COUNTRY_OF,
    COUNTRY_TABLE,
    LOCALE_OF,
    LOCALES,
    PARTS,
)
from shamcrowd.simulator.supply.store import Owner, Supply

USERS_A_GATEWAY = 60
"""Mean accounts per carrier gateway: hundreds share the busiest (threat model L3: 20 to 3,000); the
mean is assumed."""
HOSTED_BUILDS = 0.02
"""Share of accounts that build on hosted machines, about (assumed)."""
USERS_A_RUNNER = 8
"""Mean accounts per rotating address of hosted build machines (assumed)."""
USERS_AN_EXIT = 60
"""Mean accounts of VPN users per exit (threat model L9: 50 to 1,000)."""
SHARED_LINES = 0.14
"""Share of homes whose address strangers' homes have, too (assumed: Richter et al. 2016 found
carrier-grade translation in 17 % of the systems of fixed-line providers; others are dormitories).
Exits of residential proxies are among them, in households that know nothing of it.
"""
HOMES_A_LINE = 8
"""Mean accounts per such address (assumed; a carrier's has up to some hundred subscribers)."""
ALIKE = 9
"""Mean accounts per common browser fingerprint. Two thirds of browsers, and four fifths of phones,
have a fingerprint that is not unique (Gomez-Boix, Laperdrix and Baudry 2018); how many accounts of
one platform share it is assumed.
"""
CIRCULATING = 0.5
"""Share of groups that work on templates which circulate among users of their kind, instead of
their own: public benchmarks, build actions from a marketplace, prompts of a framework (assumed).
"""
MOBILE_IPV6 = 1.15
"""Share of phones with IPv6, as a multiple of the country's users (assumed: carriers lead)."""
EXIT_COUNTRIES = {
    "US": 28, "GB": 9, "NL": 9, "DE": 9, "CA": 6, "SG": 6, "JP": 5, "FR": 5, "CH": 4, "SE": 4,
    "AU": 4, "ES": 3, "IT": 2, "PL": 2, "HK": 2, "IN": 2,
}  # fmt: skip
"""Where VPN users choose their exits, percent (assumed)."""
REGIONS = tuple(
    COUNTRIES.index(code) for code in ("US", "IE", "DE", "SG", "JP", "IN", "BR", "AU", "CA")
)
"""Countries with data centres of clouds and build services (assumed); each serves others, too."""
REGION_OF = np.array(
    [code if code in REGIONS else REGIONS[code % len(REGIONS)] for code in range(len(COUNTRIES))],
    np.int8,
)
"""Country whose data centres serve each country."""
FASHION = "fashion"
"""The circle of all private users, among whom some templates circulate."""
STRIDE = 1 << 16
"""Items of one kind in one country or language at most."""


class SharedInfrastructure:
    """Handles of shared items by kind and location.

    Args:
        supply: registers that new items are taken from.
        owner: handle counters of the legitimate accounts.
        accounts: total number of legitimate accounts.
    """

    def __init__(self, supply: Supply, owner: Owner, accounts: int) -> None:
        self._supply = supply
        self._owner = owner
        self.accounts = accounts
        self.popular_prompts = supply.prompt_family(FASHION)
        """Family of widely circulated prompt templates."""
        share = np.array([country.share for country in COUNTRY_TABLE])
        self._people = accounts * share / share.sum()
        """Legitimate accounts by country, about."""
        speakers = np.bincount(
            LOCALE_OF, self._people[COUNTRY_OF] * PARTS / 100, minlength=len(LOCALES)
        )
        self._speakers = speakers
        """Legitimate accounts by locale, about."""
        self._ipv6 = np.array([country.ipv6 for country in COUNTRY_TABLE]) / 100
        self._known: dict[str, tuple[npt.NDArray[np.int64], Handles]] = {}
        self.relatives: defaultdict[str, Relatives] = defaultdict(Relatives)
        """Accounts so far by population."""

    def known(self, kind: str) -> tuple[npt.NDArray[np.int64], Handles]:
        """Return keys (ascending) and handles of the existing items of a kind."""
        return self._known.get(kind, (np.empty(0, np.int64), np.empty(0, np.int64)))

    def _found(
        self,
        kind: str,
        keys: npt.NDArray[np.int64],
        make: Callable[[npt.NDArray[np.int64]], Handles],
    ) -> Handles:
        known, handles = self.known(kind)
        new = np.setdiff1d(keys, known)
        if len(new):
            known, handles = np.append(known, new), np.append(handles, make(new))
            order = np.argsort(known)
            known, handles = known[order], handles[order]
            self._known[kind] = known, handles
        return handles[np.searchsorted(known, keys)]

    def prompt_families(
        self, rng: np.random.Generator, circle: str, count: int
    ) -> npt.NDArray[np.int64]:
        """Return a family of prompt templates for each of ``count`` groups of accounts.

        Some are their own, the others circulate among users of one kind, the ``circle``.
        """
        families = rng.integers(2**62, size=count)
        families[rng.random(count) < CIRCULATING] = self._supply.prompt_family(circle)
        return families

    def gateway(self, rng: np.random.Generator, country: npt.NDArray[np.int8]) -> Handles:
        """Return the address of a phone per account, in its country.

        By IPv4 it is the carrier's gateway, which hundreds of accounts share; by IPv6 a prefix of
        the phone's own.
        """
        share = np.minimum(self._ipv6[country] * MOBILE_IPV6, 0.95)
        six = rng.random(len(country)) < share
        found = np.empty(len(country), np.int64)
        found[~six] = self._address(
            rng, country[~six], "mobile", self._people / USERS_A_GATEWAY, ipv6=False
        )
        found[six] = self._supply.addresses.take(
            self._owner.addresses, rng, country[six], "mobile", ipv6=True
        )
        return found

    def runner(self, rng: np.random.Generator, country: npt.NDArray[np.int8]) -> Handles:
        """Return an address of a hosted build service per account, in the data centre that serves
        its country.
        """
        everywhere = self.accounts * HOSTED_BUILDS / USERS_A_RUNNER
        many = np.full(len(COUNTRIES), everywhere / len(REGIONS))
        many[REGIONS[0]] = everywhere
        return self._address(rng, REGION_OF[country], "hosting", many)

    def shared_line(self, rng: np.random.Generator, country: npt.NDArray[np.int8]) -> Handles:
        """Return an address that the homes of strangers share per account, in its country."""
        many = self._people * SHARED_LINES / HOMES_A_LINE
        return self._address(rng, country, "residential", many, ipv6=False)

    def line_of(
        self, rng: np.random.Generator, kind: str, line: npt.NDArray[np.int64],
        country: npt.NDArray[np.int8],
    ) -> Handles:  # fmt: skip
        """Return the addresses of numbered lines, each in the country of who comes first.

        Args:
            rng: random stream.
            kind: whose lines they are.
            line: shape (n,), numbers of lines.
            country: shape (n,), country codes.
        """

        def make(new: npt.NDArray[np.int64]) -> Handles:
            first = np.unique(line, return_index=True)
            at = first[1][np.searchsorted(first[0], new)]
            return self._supply.addresses.take(
                self._owner.addresses, rng, country[at], "residential"
            )

        return self._found(f"lines of {kind}", line, make)

    def vpn_exit(self, rng: np.random.Generator, count: int, users: float) -> Handles:
        """Return ``count`` VPN exits in any country, if ``users`` of all accounts use a VPN."""
        exits = max(round(users / USERS_AN_EXIT), 2)
        edges = np.cumsum(list(EXIT_COUNTRIES.values())) / sum(EXIT_COUNTRIES.values())
        # Exits in the order of a low-discrepancy sequence: few worlds have few exits alike.
        luck = (np.arange(exits) * 0.618034 + 0.1) % 1
        there = np.array([COUNTRIES.index(code) for code in EXIT_COUNTRIES], np.int8)
        country = there[np.searchsorted(edges, luck, side="right").clip(0, len(there) - 1)]
        pick = (rng.random(count) ** 1.5 * exits).astype(np.int64)

        def make(new: npt.NDArray[np.int64]) -> Handles:
            return self._supply.addresses.take(self._owner.addresses, rng, country[new], "vpn")

        return self._found("vpn", pick, make)

    def existing(self, rng: np.random.Generator, kind: str, where: npt.NDArray[np.int8]) -> Handles:
        """Return items already shared by legitimate accounts, for sham accounts to hide among.

        One for each country or locale code in ``where``; -1 where none exists yet. Creates nothing,
        so that rows of legitimate accounts do not change.
        """
        keys, handles = self.known(kind)
        place = keys // STRIDE
        first = np.searchsorted(place, where)
        there = np.searchsorted(place, where, side="right") - first
        # Earlier items are the more common ones.
        pick = first + (rng.random(len(where)) ** 2 * there).astype(np.int64)
        return np.where(there > 0, handles.take(pick, mode="clip") if len(handles) else -1, -1)

    def _address(
        self,
        rng: np.random.Generator,
        country: npt.NDArray[np.int8],
        kind: str,
        many: npt.NDArray[np.float64],
        ipv6: bool | None = None,
    ) -> Handles:
        """Return one of a country's ``many`` (shape (countries,)) shared addresses per account."""
        keys = self._keys(rng, country, many)

        def make(new: npt.NDArray[np.int64]) -> Handles:
            where = (new // STRIDE).astype(np.int8)
            return self._supply.addresses.take(
                self._owner.addresses, rng, where, kind, ipv6=ipv6, fixed=True
            )

        return self._found(kind, keys, make)

    @staticmethod
    def _keys(
        rng: np.random.Generator, where: npt.NDArray[np.int8], many: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.int64]:
        """Draw keys of shared items; the first of a country or language are the busiest."""
        each = np.clip(np.rint(many), 2, STRIDE)[where]
        number: npt.NDArray[np.int64] = (rng.random(len(where)) ** 2 * each).astype(np.int64)
        return where.astype(np.int64) * STRIDE + number

    def device(
        self, rng: np.random.Generator, locale: npt.NDArray[np.int8], share: float
    ) -> Handles:
        """Return a device with a common fingerprint per account, if ``share`` of all accounts have
        one.
        """
        keys = self._keys(rng, locale, self._speakers * share / ALIKE)

        def make(new: npt.NDArray[np.int64]) -> Handles:
            speaks = (new // STRIDE).astype(np.int8)
            return self._supply.devices.take(self._owner.devices, rng, speaks)

        return self._found("device", keys, make)
