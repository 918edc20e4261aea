"""Browser devices, as far as a sign-up page can fingerprint them.

Shares of browsers by operating system: StatCounter Global Stats, 2025, rounded. Shares of the
operating systems among people who sign up are assumed: more computers than in all web traffic.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.schema import DEVICES
from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.per_handle import PerHandle
from shamcrowd.simulator.supply.places import (
    COUNTRIES,
    COUNTRY_TABLE,
    LOCALE_OF,
    LOCALES,
    PLACES,
    places,
)
from shamcrowd.simulator.supply.register import Register

SYSTEMS = ("windows", "macos", "linux", "android", "ios")
ANDROID, IOS = 3, 4
"""Phones; those before are computers."""
SYSTEM_SHARES = (0.42, 0.22, 0.06, 0.18, 0.12)
FAMILIES = ("chrome", "edge", "firefox", "safari", "samsung-internet")
_NEWEST = 142
_OLDEST = 131
_VERSIONS = _NEWEST - _OLDEST + 1
BROWSERS = tuple(f"{name}-{v}" for name in FAMILIES for v in range(_OLDEST, _NEWEST + 1))
_FAMILY_SHARES = (
    (0.76, 0.16, 0.08, 0.00, 0.00),
    (0.52, 0.04, 0.06, 0.38, 0.00),
    (0.62, 0.03, 0.35, 0.00, 0.00),
    (0.88, 0.01, 0.02, 0.00, 0.09),
    (0.11, 0.01, 0.01, 0.87, 0.00),
)
"""Shares of `FAMILIES` by operating system."""
_ENGLISH = np.array([LOCALES.index("en_US"), LOCALES.index("en_GB")], np.int8)
_HOME = np.array(
    [COUNTRIES.index(next(p.country for p in PLACES if p.locale == each)) for each in LOCALES]
)
_ENGLISH_SHARE = np.array([c.english for c in COUNTRY_TABLE])[_HOME] / 100
_FOREIGN_SHARE = np.array([c.foreign for c in COUNTRY_TABLE])[_HOME] / 100


class Devices:
    """Creates browser devices."""

    def __init__(self, ids: Ids) -> None:
        self.register = Register(
            DEVICES, ids, {"os": SYSTEMS, "browser": BROWSERS, "language": LOCALES}
        )
        self._system = PerHandle(np.int8, -1)

    def take(
        self, counter: Counter, rng: np.random.Generator, locale: npt.NDArray[np.int8]
    ) -> Handles:
        """Create one device for each entry of ``locale``.

        Args:
            counter: handle counter of the owner.
            rng: random stream.
            locale: shape (n,), codes of the usual language where the owner lives. Some browsers
                are in English or in the language of another country.

        Returns:
            Handles, shape (n,).
        """
        count = len(locale)
        system = usual_systems(rng, count)
        edges = np.cumsum(_FAMILY_SHARES, axis=1)[system, :-1]
        family = (rng.random(count)[:, None] >= edges).sum(axis=1)
        # Most browsers have one of the newest versions.
        lag = np.minimum(rng.geometric(0.45, count) - 1, _VERSIONS - 1)
        handles = self.register.add(
            counter,
            count,
            os=system,
            language=_languages(rng, locale),
            browser=(family * _VERSIONS + _VERSIONS - 1 - lag).astype(np.int8),
        )
        self._system.set(handles, system)
        return handles

    def take_like(self, counter: Counter, ids: npt.NDArray[np.int32]) -> Handles:
        """Create one device like each of ``ids``: of the same system, browser and language.

        Returns:
            Handles, shape (n,).
        """
        alike = self.register.rows_of(ids)
        handles = self.register.add(counter, len(ids), **alike)
        self._system.set(handles, alike["os"])
        return handles

    def systems(self, handles: Handles) -> npt.NDArray[np.int8]:
        """Return the operating systems (indices into `SYSTEMS`) of devices, shape (n,)."""
        return self._system.get(handles)


def usual_systems(rng: np.random.Generator, count: int) -> npt.NDArray[np.int8]:
    """Draw operating systems (indices into `SYSTEMS`) of ``count`` devices."""
    edges = np.cumsum(SYSTEM_SHARES)[:-1]
    return np.searchsorted(edges, rng.random(count), side="right").astype(np.int8)


def _languages(rng: np.random.Generator, locale: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    luck, where = rng.random(len(locale)), rng.random(len(locale))
    english, foreign = _ENGLISH_SHARE[locale], _FOREIGN_SHARE[locale]
    spoken = np.where(luck < english, _ENGLISH[(where < 0.2).astype(np.int64)], locale)
    abroad = (luck >= english) & (luck < english + foreign)
    return np.where(abroad, LOCALE_OF[places(where)], spoken).astype(np.int8)
