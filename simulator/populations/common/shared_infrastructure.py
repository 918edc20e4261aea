"""What honest strangers have in common without knowing: gateways, tunnels, runners, look-alikes.

Made when first needed, once for the whole world, and used again by everybody after.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.handles import Handles
from shamcrowd.simulator.supply.places import COUNTRIES, LOCALES
from shamcrowd.simulator.supply.store import Owner, Supply

GATEWAYS = 24
"""Carrier gateways per country at a million accounts: hundreds share one (threat model L3)."""
USERS_AN_EXIT = 60
"""Mean accounts of VPN users behind one exit (threat model L9: 50 to 1,000)."""
RUNNERS = 48
"""Addresses that hosted build machines send from in turn, a country (assumed)."""
ALIKE = 9
"""Mean accounts with one common browser fingerprint. Two thirds of browsers have one that is not
theirs alone, on phones four fifths (Gomez-Boix, Laperdrix and Baudry 2018); how many share it
among the accounts of one platform is assumed.
"""


class SharedInfrastructure:
    """Things by kind and place in a row; ``accounts`` is the number of honest accounts in all."""

    def __init__(self, supply: Supply, owner: Owner, accounts: int) -> None:
        self._supply = supply
        self._owner = owner
        self.accounts = accounts
        self.popular_prompts = supply.prompt_family("fashion")
        """Prompt templates that everybody passes on."""
        self._each: dict[str, int] = {}
        self._known: dict[str, tuple[npt.NDArray[np.int64], Handles]] = {}

    def known(self, kind: str) -> tuple[npt.NDArray[np.int64], Handles]:
        """Keys, in order, and handles of what there is of a kind by now."""
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
        """A carrier gateway for each: shared by hundreds, in the person's country."""
        return self._address(rng, country, "mobile", GATEWAYS)

    def runner(self, rng: np.random.Generator, country: npt.NDArray[np.int8]) -> Handles:
        """An address of a hosted build service for each, in the country of its data centre."""
        return self._address(rng, country, "hosting", RUNNERS)

    def vpn_exit(self, rng: np.random.Generator, count: int, users: float) -> Handles:
        """A VPN exit for each of ``count``, in any country; ``users`` of all accounts use one."""
        exits = max(round(users / USERS_AN_EXIT), 2)
        country = (np.arange(exits) * 7 % len(COUNTRIES)).astype(np.int8)
        pick = (rng.random(count) ** 1.5 * exits).astype(np.int64)

        def make(new: npt.NDArray[np.int64]) -> Handles:
            return self._supply.addresses.take(self._owner.addresses, rng, country[new], "vpn")

        return self._found("vpn", pick, make)

    def existing(self, rng: np.random.Generator, kind: str, where: npt.NDArray[np.int8]) -> Handles:
        """Things that honest people have in common by now, for shams to hide among.

        One for each country or locale code in ``where``; -1 where there is none yet. Makes nothing
        new, so that honest rows stay as they are.
        """
        keys, handles = self.known(kind)
        place = keys // self._each.get(kind, 1)
        first = np.searchsorted(place, where)
        there = np.searchsorted(place, where, side="right") - first
        # The first ones are the common ones.
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
        """A device with a common fingerprint for each; ``share`` of all accounts have one."""
        each = max(round(self.accounts * share / len(LOCALES) / ALIKE), 2)
        pick = (rng.random(len(locale)) ** 2 * each).astype(np.int64)
        self._each["device"] = each

        def make(new: npt.NDArray[np.int64]) -> Handles:
            speaks = (new // each).astype(np.int8)
            return self._supply.devices.take(self._owner.devices, rng, speaks)

        return self._found("device", locale.astype(np.int64) * each + pick, make)
