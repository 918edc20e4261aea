"""Confines the process of a plug-in, for good, before any of its code is loaded."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.execution.confinement import (
    allowed,
    imports,
    landlock,
    limits,
    namespaces,
    seccomp,
)

DATA = 3
"""The descriptor of the channel to the benchmark."""
FILE_MIB = 1024
"""Largest file that a plug-in may write, MiB."""


def enter_sandbox(order: dict[str, Any], data: int, isolated: bool) -> None:
    """Enter the sandbox with this process.

    Args:
        order: ``scratch``, ``memory_mib``, ``scratch_mib``; paths to ``read``, that are ``listed``
            and ``covered`` (see `allowed.OwnFiles`), and that are ``hidden`` among programs.
        data: descriptor of the channel to the benchmark; afterwards it is `DATA`.
        isolated: this process is the first in new namespaces.
    """
    limits.end_with_parent()
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(data, DATA)
    os.closerange(DATA + 1, os.sysconf("SC_OPEN_MAX") if hasattr(os, "sysconf") else 4096)
    scratch = Path(order["scratch"])
    hidden = [Path(path) for path in order["hidden"]]
    programs = allowed.interpreter(isolated)
    if hidden:
        programs = tuple(p for root in programs for p in allowed.without(root, hidden))
    read = [*programs, *map(Path, order["read"])]
    fixed = False
    if isolated:
        fixed = namespaces.furnish(scratch, int(order["scratch_mib"]), order["covered"])
        limits.limit_processes()
    write = [scratch, *([namespaces.SHARED_MEMORY] if isolated else [])]
    limits.bare_environment(scratch)
    os.chdir(scratch)
    limits.forbid_core_dumps()
    limits.limit_files(min(FILE_MIB, int(order["scratch_mib"])) * 2**20)
    limits.limit_memory(int(order["memory_mib"]) * 2**20)
    limits.drop_rights()
    version = landlock.allow(read, write, allowed.DEVICES, order["listed"])
    inside = isolated or version >= landlock.SCOPE_VERSION
    seccomp.refuse_calls(signals=not inside, changing=not fixed, others=not isolated)
    imports.refuse_imports()
