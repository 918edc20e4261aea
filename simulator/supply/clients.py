"""Client software: a fixed catalogue of libraries, versions and operating systems.

All shares are assumed.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.schema import CLIENTS
from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import mixed
from shamcrowd.simulator.supply.register import Register

SDKS = (
    "web-console",
    "python-sdk",
    "typescript-sdk",
    "go-sdk",
    "http-library",
    "coding-agent",
    "chat-app",
    "workflow-tool",
)
VERSIONS = ("1.9", "2.0", "2.1", "2.2", "2.3", "3.0")
SYSTEMS = ("windows", "macos", "linux")
REPORTING = ("coding-agent", "chat-app", "workflow-tool", "web-console")
"""Programs that send telemetry unless users opt out; libraries never do."""
OPTED_OUT = 0.12
"""Share of users who opted out."""

MIXES: dict[str, dict[str, float]] = {
    "people": {"web-console": 5, "chat-app": 3, "python-sdk": 1, "http-library": 0.4},
    "developers": {
        "coding-agent": 6,
        "python-sdk": 3,
        "typescript-sdk": 2,
        "go-sdk": 0.5,
        "http-library": 0.7,
    },
    "services": {
        "python-sdk": 5,
        "typescript-sdk": 3,
        "http-library": 2,
        "go-sdk": 1.5,
        "workflow-tool": 1.5,
    },
    "agents": {"coding-agent": 8, "typescript-sdk": 1, "python-sdk": 1},
    "builds": {"coding-agent": 4, "python-sdk": 3, "http-library": 2, "typescript-sdk": 1},
}
"""Client software by kind of user, as weights."""


class Clients:
    """The catalogue; handles are its rows."""

    def __init__(self, ids: Ids) -> None:
        rows = list(product(range(len(SDKS)), range(len(VERSIONS)), range(len(SYSTEMS)), (0, 1)))
        sdk, version, system, silent = np.array(rows).T
        reports = np.isin(sdk, [SDKS.index(name) for name in REPORTING])
        # The TLS handshake depends on library, system and major version.
        stack = mixed((sdk * 64 + (version > 4) * 8 + system).astype(np.uint64))
        self.register = Register(CLIENTS, ids, {"sdk": SDKS, "version": VERSIONS, "os": SYSTEMS})
        self.register.add(
            Counter(),
            len(rows),
            sdk=sdk.astype(np.int8),
            version=version.astype(np.int8),
            os=np.where(sdk == 0, -1, system).astype(np.int8),
            telemetry=reports & (silent == 0),
            tls=np.array([f"t{word:016x}"[:13] for word in stack.tolist()], object),
        )
        share = np.array([1, 1, 2, 4, 9, 3]) / 20
        self._weights: dict[tuple[str, bool], npt.NDArray[np.float64]] = {}
        for mix, weights in MIXES.items():
            sdk_share = np.array([weights.get(name, 0.0) for name in SDKS])
            flat = (sdk_share / sdk_share.sum())[sdk] * share[version]
            flat = flat * np.array([0.4, 0.3, 0.3])[system]
            for quiet in (False, True):
                # For software without telemetry only the row with ``silent`` 0 is used.
                share_silent = np.where(reports, 1.0 if quiet else OPTED_OUT, 0.0)
                part = flat * np.where(silent == 1, share_silent, 1 - share_silent)
                self._weights[mix, quiet] = np.cumsum(part / part.sum())

    def pick(
        self, rng: np.random.Generator, mix: str, count: int, *, silent: bool = False
    ) -> Handles:
        """Draw clients for ``count`` users of one of `MIXES`; ``silent`` ones send no telemetry."""
        weights = self._weights[mix, silent]
        found: npt.NDArray[np.int64] = np.searchsorted(weights, rng.random(count))
        return np.minimum(found, len(weights) - 1)
