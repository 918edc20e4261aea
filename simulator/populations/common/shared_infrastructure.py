"""Infrastructure shared by unrelated legitimate accounts: gateways, VPN exits, build runners,
common
browser fingerprints.

Each item is created when first needed, once per simulated world, and reused afterwards.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Handles
from shamcrowd.simulator.supply.places import COUNTRIES, LOCALES
from shamcrowd.simulator.supply.store import Owner, Supply

GATEWAYS = 24
"""Carrier gateways per country at a million accounts: hundreds share one (threat model L3)."""
USERS_AN_EXIT = 60
"""Mean accounts of VPN users per exit (threat model L9: 50 to 1,000)."""
RUNNERS = 48
"""Rotating addresses of hosted build machines per country (assumed)."""
ALIKE = 9
"""Mean accounts per common browser fingerprint. Two thirds of browsers, and four fifths of phones,
have a fingerprint that is not unique (Gomez-Boix, Laperdrix and Baudry 2018); how many accounts of
one platform share it is assumed.
"""


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
        self.popular_prompts = supply.prompt_family("fashion")
        """Family of widely circulated prompt templates."""
        self._each: dict[str, int] = {}
        self._known: dict[str, tuple[npt.NDArray[np.int64], Handles]] = {}

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

    def gateway(self, rng: np.random.Generator, country: npt.NDArray[np.int8]) -> Handles:
        """Return a carrier gateway per account, in its country; hundreds of accounts share one."""
        return self._address(rng, country, "mobile", GATEWAYS)

    def runner(self, rng: np.random.Generator, country: npt.NDArray[np.int8]) -> Handles:
        """Return an address of a hosted build service per account, in the country of its data
        centre.
        """
        return self._address(rng, country, "hosting", RUNNERS)

    def vpn_exit(self, rng: np.random.Generator, count: int, users: float) -> Handles:
        """Return ``count`` VPN exits in any country, if ``users`` of all accounts use a VPN."""
        exits = max(round(users / USERS_AN_EXIT), 2)
        country = (np.arange(exits) * 7 % len(COUNTRIES)).astype(np.int8)
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
        place = keys // self._each.get(kind, 1)
        first = np.searchsorted(place, where)
        there = np.searchsorted(place, where, side="right") - first
        # Earlier items are the more common ones.
        pick = first + (rng.random(len(where)) ** 2 * there).astype(np.int64)
        return np.where(there > 0, handles.take(pick, mode="clip") if len(handles) else -1, -1)

    def _address(
        self, rng: np.random.Generator, country: npt.NDArray[np.int8], kind: str, each: int
    ) -> Handles:
        pick = (rng.random(len(country)) ** 2 * each).astype(np.int64)
        self._each[kind] = each

        def make(new: npt.NDArray[np.int64]) -> Handles:
            where = (new // each).astype(np.int8)
            return self._supply.addresses.take(self._owner.addresses, rng, where, kind)

        return self._found(kind, country.astype(np.int64) * each + pick, make)

    def device(
        self, rng: np.random.Generator, locale: npt.NDArray[np.int8], share: float
    ) -> Handles:
        """Return a device with a common fingerprint per account, if ``share`` of all accounts have
        one.
        """
        each = max(round(self.accounts * share / len(LOCALES) / ALIKE), 2)
        pick = (rng.random(len(locale)) ** 2 * each).astype(np.int64)
        self._each["device"] = each

        def make(new: npt.NDArray[np.int64]) -> Handles:
            speaks = (new // each).astype(np.int8)
            return self._supply.devices.take(self._owner.devices, rng, speaks)

        return self._found("device", locale.astype(np.int64) * each + pick, make)
