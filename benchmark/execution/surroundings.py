"""What a detector's process is given besides its log: environment, interpreter and packages."""

from __future__ import annotations

import hashlib
import json
import platform
from functools import cache
from importlib.metadata import distributions

from shamcrowd.benchmark.execution.cache import packages
from shamcrowd.benchmark.execution.confinement.limits import kept_environment

PLACES = ("PATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
"""Variables by which only programs and libraries of others are found."""


def surroundings(ours: bool) -> str:
    """Digest of what findings depend on besides code, files and recording: 16 hexadecimal digits.

    Args:
        ours: of a shipped detector, which uses packages that are known and starts no program; for
            any other every installed package counts, and where programs are found.
    """
    given = kept_environment()
    if ours:
        given = {name: value for name, value in given.items() if name not in PLACES}
    parts = {
        "environment": given,
        "python": [platform.python_implementation(), platform.python_version()],
        "machine": platform.machine(),
        "packages": packages() if ours else _installed(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


@cache
def _installed() -> list[str]:
    """Name and version of every package that is installed."""
    return sorted({f"{one.name} {one.version}" for one in distributions()})
