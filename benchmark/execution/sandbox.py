"""The sandbox of a detector's process: no access to the truth, no secrets, limited memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shamcrowd.benchmark.execution import landlock
from shamcrowd.benchmark.execution.host import forbid_core_dumps, limit_memory

MEMORY_LIMIT = 8192
"""MiB that a detector may use (assumed: the bar for a million accounts is 6 GiB)."""
KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
"""Environment variables that are kept. Others may hold secrets or paths of the caller."""
KEPT_ENDINGS = ("_NUM_THREADS",)


@dataclass(frozen=True)
class Sandbox:
    """Restrictions on a detector's process.

    Attributes:
        scratch: working folder, made if it is missing; also home and temporary folder.
        hidden: folders with what a detector must not know, such as the run's own and a cache.
        memory_mib: memory that it may allocate, MiB.
    """

    scratch: Path
    hidden: tuple[Path, ...]
    memory_mib: int

    def apply(self, shown: Sequence[Path] = (), written: Sequence[Path] = ()) -> None:
        """Confine this process and all that it starts; this cannot be undone.

        It keeps a bare environment, and nothing to read from standard input; it dumps no core.
        Where the kernel has Landlock nothing below ``hidden`` can be opened but what lies in
        ``shown``, for reading, and in ``written``; elsewhere it only does not receive their paths.
        """
        self.scratch.mkdir(parents=True, exist_ok=True)
        _bare_environment(self.scratch)
        os.chdir(self.scratch)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        forbid_core_dumps()
        limit_memory(self.memory_mib * 2**20)
        landlock.hide(self.hidden, shown, written)


def _bare_environment(scratch: Path) -> None:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or name.endswith(KEPT_ENDINGS)
    }
    os.environ.clear()
    os.environ.update(kept, HOME=str(scratch), TMPDIR=str(scratch))
    tempfile.tempdir = None
