"""What a detector's process is given besides its log: environment, interpreter and packages."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.execution.confinement.limits import kept_environment
from shamcrowd.benchmark.execution.library_versions import packages

PLACES = ("PATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
"""Variables by which only programs and libraries of others are found."""
TIME_ZONE = "/etc/localtime"


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
    if not ours:
        parts["time zone"] = os.path.realpath(TIME_ZONE)
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


@cache
def _installed() -> list[list[Any]]:
    """Every package that is installed: name and version, and when which files were installed.

    One that is installed again, without a new version, counts as another.
    """
    found: list[list[Any]] = []
    for place in map(Path, dict.fromkeys(sys.path)):
        with suppress(OSError):
            about = (path for path in place.iterdir() if path.suffix in (".dist-info", ".egg-info"))
            found += ([path.name, *_written(path)] for path in about)
    return sorted(found)


def _written(about: Path) -> list[int]:
    """Time and size of the list of a package's files."""
    for path in (about / "RECORD", about / "SOURCES.txt", about):
        with suppress(OSError):
            status = path.stat()
            return [status.st_mtime_ns, status.st_size]
    return []
