"""Browser devices, as far as a sign-up page can fingerprint them. Shares are assumed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.schema import DEVICES
from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.supply.places import LOCALES
from shamcrowd.simulator.supply.register import Register

SYSTEMS = ("windows", "macos", "linux", "android", "ios")
BROWSERS = tuple(
    f"{name}-{version}" for name in ("blink", "gecko", "webkit") for version in range(120, 132)
)
_SYSTEM_SHARES = (0.42, 0.24, 0.06, 0.17, 0.11)


class Devices:
    """Creates browser devices."""

    def __init__(self, ids: Ids) -> None:
        self.register = Register(
            DEVICES, ids, {"os": SYSTEMS, "browser": BROWSERS, "language": LOCALES}
        )

    def take(
        self, counter: Counter, rng: np.random.Generator, locale: npt.NDArray[np.int8]
    ) -> Handles:
        """Create one device for each entry of ``locale`` (codes, shape (n,)); return handles."""
        count = len(locale)
        system = np.searchsorted(np.cumsum(_SYSTEM_SHARES)[:-1], rng.random(count), side="right")
        family = np.where(rng.random(count) < 0.12, 1, 0)
        family = np.where((system == 4) | ((system == 1) & (rng.random(count) < 0.5)), 2, family)
        # Most browsers have one of the newest versions.
        lag = np.minimum(rng.geometric(0.45, count) - 1, 11)
        return self.register.add(
            counter,
            count,
            os=system.astype(np.int8),
            language=locale,
            browser=(family * 12 + 11 - lag).astype(np.int8),
        )
