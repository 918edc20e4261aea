"""Client software: a catalogue of programs, versions and operating systems.

A client of the catalogue is a program on an operating system; its version moves on with time, see
`shamcrowd.simulator.supply.versions`. All shares are assumed.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.schema import CLIENTS
from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import mixed
from shamcrowd.simulator.supply.devices import ANDROID, IOS, SYSTEMS, usual_systems
from shamcrowd.simulator.supply.register import Register
from shamcrowd.simulator.supply.versions import MAJOR, PER_PROGRAM, PROGRAMS, SDKS, VERSIONS

REPORTING = ("coding-agent", "chat-app", "workflow-tool", "web-console")
"""Programs that send telemetry unless users opt out; libraries never do."""
OPTED_OUT = 0.12
"""Share of users who opted out."""
UNNAMED = "http-library"
"""Its user agent does not name the operating system."""
SERVERS = ("python-sdk", "typescript-sdk", "go-sdk", "http-library", "workflow-tool")
"""Programs that run on servers, and on their developers' own computers."""
PHONE_APP = 0.55
"""Share of users of the app who have it on a phone other than the device that signed up."""
TWO_CLIENTS = 0.6
"""Share of private people who use both the app and the browser (assumed)."""

MIXES: dict[str, dict[str, float]] = {
    "people": {
        "web-console": 5,
        "chat-app": 3,
        "python-sdk": 0.8,
        "coding-agent": 0.6,
        "typescript-sdk": 0.35,
        "http-library": 0.35,
        "workflow-tool": 0.3,
        "go-sdk": 0.12,
    },
    "developers": {
        "coding-agent": 6,
        "python-sdk": 3,
        "typescript-sdk": 2,
        "web-console": 1.2,
        "go-sdk": 0.5,
        "http-library": 0.7,
        "workflow-tool": 0.4,
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
    "gateway": {"http-library": 1},
}
"""Client software by kind of user, as weights; ``gateway`` is a cloud's own, behind which that of
its customers is not seen."""
SERVED = {"people": 0.3, "developers": 0.3, "services": 0.92, "agents": 0.4, "builds": 0.85,
          "gateway": 1.0}  # fmt: skip
"""Share of the users of a mix whose libraries and agents run on a server; other builds run on a
developer's computer."""
_SERVER_SYSTEMS = (0.07, 0.04, 0.89, 0.0, 0.0)
"""Operating systems of servers, build machines for phone apps among them."""
_COMPUTERS = (0.58, 0.32, 0.10, 0.0, 0.0)
"""Operating systems of the computers of people who signed up on a phone."""
_WITH_IPHONE = np.array([0.35, 0.8, 0.4, 0.1, 1.0])
"""Share with an iPhone by operating system of the device that signed up; others have Android."""


class Clients:
    """The catalogue; handles are its rows, at their first version."""

    def __init__(self, ids: Ids) -> None:
        rows = list(product(range(len(SDKS)), range(len(SYSTEMS)), (0, 1), range(len(VERSIONS))))
        sdk, system, silent, version = np.array(rows).T
        reports = np.isin(sdk, [SDKS.index(name) for name in REPORTING])
        # The TLS handshake depends on what the program runs on, its system and major version.
        runtimes = list(dict.fromkeys(program.runtime for program in PROGRAMS))
        runtime = np.array([runtimes.index(program.runtime) for program in PROGRAMS])[sdk]
        stack = mixed((runtime * 64 + (version >= MAJOR) * 8 + system).astype(np.uint64))
        self.register = Register(CLIENTS, ids, {"sdk": SDKS, "version": VERSIONS, "os": SYSTEMS})
        self.register.add(
            Counter(),
            len(rows),
            sdk=sdk.astype(np.int8),
            version=version.astype(np.int8),
            os=np.where(sdk == SDKS.index(UNNAMED), -1, system).astype(np.int8),
            telemetry=reports & (silent == 0),
            tls=np.array([f"t{word:016x}"[:13] for word in stack.tolist()], object),
        )
        self._edges = {}
        for mix, weights in MIXES.items():
            share = np.array([weights.get(name, 0.0) for name in SDKS])
            self._edges[mix] = np.cumsum(share / share.sum())

    def pick(
        self,
        rng: np.random.Generator,
        mix: str,
        count: int,
        *,
        device: npt.NDArray[np.int8] | None = None,
        silent: bool = False,
    ) -> Handles:
        """Draw the client of each user.

        Args:
            rng: random stream.
            mix: one of `MIXES`.
            count: number of users, n.
            device: shape (n,), operating system of the device that each user signed up with (index
                into `SYSTEMS`); None: as usual.
            silent: clients send no telemetry.

        Returns:
            Handles, shape (n,).
        """
        if device is None:
            device = usual_systems(rng, count)
        sdk = np.searchsorted(self._edges[mix], rng.random(count), side="right")
        sdk = np.minimum(sdk, len(SDKS) - 1)
        system = self._systems(rng, mix, sdk, device)
        return self._rows(rng, sdk, system, silent)

    def pick_all(
        self,
        rng: np.random.Generator,
        mix: str,
        device: npt.NDArray[np.int8],
        *,
        silent: bool = False,
    ) -> Handles:
        """Draw all clients of each user: the usual one, and another one for some sessions.

        Most private people use the app besides the browser, or the other way round.

        Args:
            rng: random stream.
            mix: one of `MIXES`.
            device: shape (n,), operating systems of the devices that signed up.
            silent: clients send no telemetry.

        Returns:
            Handles, shape (n, k); twice the same for users with one client.
        """
        first = self.pick(rng, mix, len(device), device=device, silent=silent)
        if mix != "people":
            return first[:, None]
        sdk = first // (len(VERSIONS) * PER_PROGRAM)
        web, app = SDKS.index("web-console"), SDKS.index("chat-app")
        some = (rng.random(len(first)) < TWO_CLIENTS) & np.isin(sdk, (web, app))
        other = np.where(sdk == web, app, web)
        system = self._systems(rng, mix, other, device)
        second = np.where(some, self._rows(rng, other, system, silent), first)
        return np.stack([first, second], axis=1)

    @staticmethod
    def _rows(
        rng: np.random.Generator,
        sdk: npt.NDArray[np.int64],
        system: npt.NDArray[np.int64],
        silent: bool,
    ) -> Handles:
        """Handles of programs on operating systems."""
        # For software without telemetry only the row with ``silent`` 0 is used.
        reports = np.isin(sdk, [SDKS.index(name) for name in REPORTING])
        quiet = reports & (silent | (rng.random(len(sdk)) < OPTED_OUT))
        handles: Handles = ((sdk * len(SYSTEMS) + system) * 2 + quiet) * len(VERSIONS)
        return handles

    def _systems(
        self,
        rng: np.random.Generator,
        mix: str,
        sdk: npt.NDArray[np.int64],
        device: npt.NDArray[np.int8],
    ) -> npt.NDArray[np.int64]:
        """Operating system that each user's program runs on."""
        count = len(device)
        luck, other = rng.random(count), rng.random(count)
        phone = np.where(rng.random(count) < _WITH_IPHONE[device], IOS, ANDROID)
        on_phone = device >= ANDROID
        computer = np.searchsorted(np.cumsum(_COMPUTERS)[:3], other, side="right")
        own = np.where(on_phone, computer, device)
        server = np.searchsorted(np.cumsum(_SERVER_SYSTEMS)[:3], other, side="right")
        libraries = np.isin(sdk, [SDKS.index(name) for name in SERVERS])
        agents = sdk == SDKS.index("coding-agent")
        served = (libraries | agents) & (luck < SERVED[mix])
        found = np.where(served, server, own)
        app = sdk == SDKS.index("chat-app")
        with_phone = app & ((luck < PHONE_APP) | on_phone)
        found = np.where(with_phone, np.where(on_phone, device, phone), found)
        return np.where(sdk == SDKS.index("web-console"), device, found).astype(np.int64)
