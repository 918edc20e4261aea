"""Client software: a fixed catalogue of libraries, versions and systems. Shares are assumed."""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt

from recording.schema import CLIENTS
from simulator.handles import Counter, Handles, Ids
from simulator.streams import mixed
from simulator.supply.register import Register

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
}
"""What kinds of user call with, as weights."""


class Clients:
    """The catalogue; handles are its rows."""

    def __init__(self, ids: Ids) -> None:
        rows = list(product(range(len(SDKS)), range(len(VERSIONS)), range(len(SYSTEMS))))
        sdk, version, system = np.array(rows).T
        # A handshake follows from library and system, and changes with the major version.
        stack = mixed((sdk * 64 + (version > 4) * 8 + system).astype(np.uint64))
        self.register = Register(CLIENTS, ids, {"sdk": SDKS, "version": VERSIONS, "os": SYSTEMS})
        self.register.add(
            Counter(),
            len(rows),
            sdk=sdk.astype(np.int8),
            version=version.astype(np.int8),
            os=np.where(sdk == 0, -1, system).astype(np.int8),
            tls=np.array([f"t{word:016x}"[:13] for word in stack.tolist()], object),
        )
        share = np.array([1, 1, 2, 4, 9, 3]) / 20
        self._weights = {}
        for mix, weights in MIXES.items():
            sdk_share = np.array([weights.get(name, 0.0) for name in SDKS])
            flat = (sdk_share / sdk_share.sum())[sdk] * share[version]
            flat = flat * np.array([0.4, 0.3, 0.3])[system]
            self._weights[mix] = np.cumsum(flat / flat.sum())

    def pick(self, rng: np.random.Generator, mix: str, count: int) -> Handles:
        """Clients for ``count`` users of one of `MIXES`."""
        found: npt.NDArray[np.int64] = np.searchsorted(self._weights[mix], rng.random(count))
        return np.minimum(found, len(self._weights[mix]) - 1)
