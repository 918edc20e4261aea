"""Whether plug-ins are sealed off on this machine: by what, or why not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from shamcrowd.benchmark.execution.confinement import landlock, seccomp, server_client
from shamcrowd.recording.errors import UsageError

SEALED = "sealed"


@dataclass(frozen=True)
class Seal:
    """What keeps plug-ins from the truth here.

    Attributes:
        by: what is in use.
        missing: what is left open; empty if plug-ins are sealed.
    """

    by: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def line(self) -> str:
        """One line, as notes and ``scores.json`` hold it.

        >>> Seal(("Landlock 7", "seccomp"), ()).line
        'sealed by Landlock 7, seccomp'
        >>> Seal((), ("files: this system has no Landlock",)).line
        'not sealed (files: this system has no Landlock)'
        """
        if self.missing:
            return f"not {SEALED} ({'; '.join(self.missing)})"
        return f"{SEALED} by {', '.join(self.by)}"


def seal() -> Seal:
    """Find out how plug-ins are sealed off on this machine."""
    version, filtered = landlock.version(), seccomp.offered()
    isolated = server_client.HAS_SERVER and has_namespaces()
    by, missing = [], []
    if version:
        by.append(f"Landlock {version}")
    else:
        missing.append("files: this system has no Landlock")
    if isolated:
        by.append("namespaces")
    if filtered:
        by.append("seccomp")
    else:
        missing.append("sockets: seccomp is not used on this system")
    if not (isolated or version >= landlock.SCOPE_VERSION or filtered):
        missing.append("signals: neither namespaces nor Landlock 6")
    return Seal(tuple(by), tuple(missing))


@cache
def has_namespaces() -> bool:
    """Whether namespaces may be made here, tried in a fresh process."""
    code = server_client.BEGIN.partition("from ")[0] + (
        "from shamcrowd.benchmark.execution.confinement.namespaces import offered; print(offered())"
    )
    request = json.dumps({"path": server_client.packages_path()})
    tried = subprocess.run(
        [sys.executable, "-I", "-c", code], input=request + "\n", capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return tried.stdout.strip() == "True"


def require_seal() -> None:
    """Refuse to go on where plug-ins are not sealed off.

    Raises:
        UsageError: with the reason.
    """
    here = seal()
    if here.missing:
        raise UsageError(
            f"--require-seal: plug-ins are {here.line}; run it on Linux 5.13 or newer with "
            "Landlock, or leave the option out"
        )


def seal_of(lines: Iterable[str]) -> str:
    """The seal of a whole run, from those of its parts; "" if none says.

    >>> seal_of(["sealed by A", "not sealed (files)"])
    'not sealed (files)'
    >>> seal_of(["sealed by A", ""])
    'not sealed (of an older version)'
    """
    known = set(lines)
    if not any(known):
        return ""
    seals = sorted(line or f"not {SEALED} (of an older version)" for line in known)
    return "; ".join(line for line in seals if line.startswith("not ")) or "; ".join(seals)
