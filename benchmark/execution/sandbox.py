"""The sandbox of a plug-in's process: what it may read, and how much it may use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from shamcrowd.benchmark.execution.confinement.allowed import (
    OwnFiles,
    among_programs,
    own_files,
)

MEMORY_LIMIT = 8192
"""MiB that a detector may use (assumed: the bar for a million accounts is 6 GiB)."""
SCRATCH_MIB = 1024
"""MiB that it may write (assumed)."""
INBOX = "inbox"


@dataclass(frozen=True)
class Sandbox:
    """Restrictions on a detector's process.

    Attributes:
        home: folder of this process alone, made if it is missing: it holds the working folder,
            which is also home and temporary folder, and what the detector is given to read.
        hidden: folders with what a detector must not know, such as the run's own and a cache.
        memory_mib: memory that all its processes together may have, MiB.
        own: folder that its code lies in; None if it is installed, or has none.
        files: further files that it may read.
        scratch_mib: what it may write, MiB.
    """

    home: Path
    hidden: tuple[Path, ...]
    memory_mib: int
    own: Path | None = None
    files: tuple[Path, ...] = ()
    scratch_mib: int = SCRATCH_MIB

    @property
    def scratch(self) -> Path:
        """The one folder that it may write to."""
        return self.home / "work"

    @property
    def inbox(self) -> Path:
        """The folder of files that it is given."""
        return self.home / INBOX

    def order(self, path: list[str]) -> dict[str, Any]:
        """The orders of the process; ``path`` is where modules are found.

        Makes the folders.
        """
        self.scratch.mkdir(parents=True, exist_ok=True)
        self.inbox.mkdir(exist_ok=True)
        own = OwnFiles() if self.own is None else own_files(self.own, self.hidden)
        return {
            "scratch": str(self.scratch.resolve()),
            "memory_mib": self.memory_mib,
            "scratch_mib": self.scratch_mib,
            "own": [str(p) for p in own.read],
            "read": [str(p) for p in (*own.read, *self.files, self.inbox.resolve())],
            "listed": [str(p) for p in own.listed],
            "covered": [str(p) for p in own.covered],
            "hidden": [str(p) for p in among_programs(self.hidden)],
            "path": path,
        }


def new_home(below: Path) -> Path:
    """A folder for one process, whose name tells nothing."""
    return below / uuid4().hex[:12]
