"""Versions of client software: when they are released, and who runs which one when.

Every user follows releases with a lag of his own, from a long-tailed distribution by program:
programs that update themselves are staged over days, libraries are pinned for months.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, Millis
from shamcrowd.simulator.core.normal_quantiles import normal_quantiles
from shamcrowd.simulator.core.streams import mixed, unit
from shamcrowd.simulator.supply.devices import SYSTEMS


@dataclass(frozen=True)
class Program:
    """How a program is released and updated. Figures are assumed unless a comment gives a source.

    Attributes:
        name: name in the user agent.
        period: mean days between two releases.
        lag: median days until a user runs a release.
        runtime: what makes its connections; programs with the same one have one TLS handshake.
    """

    name: str
    period: float
    lag: float
    runtime: str


PROGRAMS = (
    # The version is the browser's: Chrome has had a security update every week since August 2023
    # (Chromium blog).
    Program("web-console", 7, 0.5, "browser"),
    Program("python-sdk", 24, 45, "python"),
    Program("typescript-sdk", 24, 40, "node"),
    Program("go-sdk", 30, 50, "go"),
    Program("http-library", 75, 90, "python"),
    Program("coding-agent", 7, 5, "node"),
    Program("chat-app", 7, 5, "browser"),
    Program("workflow-tool", 21, 30, "node"),
)
SDKS = tuple(program.name for program in PROGRAMS)
PER_PROGRAM = 2 * len(SYSTEMS)
"""Rows of the catalogue for one program in one version: by operating system, with and without
telemetry."""
MAJOR = 14
"""Number of the first version of a new major version."""
VERSIONS = tuple(f"2.{n}" for n in range(MAJOR)) + tuple(f"3.{n}" for n in range(18))
_AT_START = 12
"""Number of the newest version when the recording begins."""
_UNEVEN = 1.2
"""Sigma of the logarithm of users' lags."""


class ClientVersions:
    """Releases of all programs in one world.

    Args:
        rng: stream of the world that sets the dates.
        start: first moment of the recording, ms.
    """

    def __init__(self, rng: np.random.Generator, start: int) -> None:
        gap = rng.uniform(0.5, 1.5, (len(PROGRAMS), len(VERSIONS)))
        days = np.cumsum(gap * np.array([program.period for program in PROGRAMS])[:, None], axis=1)
        # The recording begins somewhere between two releases.
        before, after = days[:, _AT_START], days[:, _AT_START + 1]
        since = before + rng.random(len(PROGRAMS)) * (after - before)
        self._released = start + ((days - since[:, None]) * MS_PER_DAY).astype(np.int64)
        self._lag = np.array([program.lag for program in PROGRAMS]) * MS_PER_DAY

    def clients_at(
        self,
        client: npt.NDArray[np.int32],
        user: npt.NDArray[np.int32],
        begun: Millis,
        time: int,
    ) -> npt.NDArray[np.int32]:
        """Return the clients that users run at a moment.

        Args:
            client: shape (n, k), rows of the catalogue, of any version: k clients of each user.
            user: shape (n,), ids that fix each user's lag.
            begun: shape (n,), when each user installed the client in its newest version, ms.
            time: the moment, ms.
        """
        shape = client.shape
        client, many = client.ravel(), shape[1]
        row = client // len(VERSIONS)
        program = row // PER_PROGRAM
        luck = 0.0005 + 0.999 * unit(mixed(user.astype(np.uint64), 11))
        lag = self._lag[program] * np.repeat(np.exp(_UNEVEN * normal_quantiles(luck)), many)
        newest = np.maximum(time - lag.astype(np.int64), np.repeat(np.minimum(begun, time), many))
        version = np.zeros(len(client), np.int64)
        for number, dates in enumerate(self._released):
            own = np.flatnonzero(program == number)
            version[own] = np.searchsorted(dates, newest[own], side="right") - 1
        moved = row * len(VERSIONS) + np.maximum(version, 0)
        return moved.astype(np.int32).reshape(shape)
