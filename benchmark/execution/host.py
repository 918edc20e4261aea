"""What this machine can do for processes and folders, with a portable way where it cannot.

Linux has everything. macOS has no Landlock and no enforced memory limit. Windows has neither of
them, no process groups, no resource usage of a process, and symlinks only for some users. Nothing
here fails at import on any of the three; docs/platforms.md holds the table.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from shamcrowd.benchmark.execution.confinement import landlock, limits, seccomp
from shamcrowd.simulator.core.process_start import process_context


def _optional(name: str) -> ModuleType | None:
    """A module of the standard library that some platforms lack."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


_resource: Any = _optional("resource")
_fcntl: Any = _optional("fcntl")
_msvcrt: Any = _optional("msvcrt")


@dataclass(frozen=True)
class HostAbilities:
    """How far a detector's process is confined on this machine.

    Attributes:
        start_method: how multiprocessing starts processes, ``forkserver`` or ``spawn``.
        landlock: version of Landlock that the kernel offers; 0: files are not confined.
        memory_limit: whether a limit on memory is enforced.
        process_groups: whether processes that a detector started end with it.
        peak_memory: whether the largest resident set is measured.
        folder_lock: whether two runs in one folder are kept apart.
        network: whether a detector's process can make no connections.
    """

    start_method: str
    landlock: int
    memory_limit: bool
    process_groups: bool
    peak_memory: bool
    folder_lock: bool
    network: bool = False


def host_abilities() -> HostAbilities:
    """Find out what this machine offers."""
    return HostAbilities(
        start_method=process_context().get_start_method(),
        landlock=landlock.version(),
        memory_limit=limits.limits_memory(),
        process_groups=hasattr(os, "killpg"),
        peak_memory=_resource is not None,
        folder_lock=_fcntl is not None or _msvcrt is not None,
        network=seccomp.offered(),
    )


def peak_memory_mib(children: bool = False) -> float:
    """Largest resident set of this process so far, MiB; 0.0 where it is not measured.

    Args:
        children: take the largest of this process and of its ended children.
    """
    if _resource is None:
        return 0.0
    who = [_resource.RUSAGE_SELF] + [_resource.RUSAGE_CHILDREN] * children
    largest = max(_resource.getrusage(one).ru_maxrss for one in who)
    # Bytes on macOS, KiB elsewhere (getrusage(2) of each).
    return float(largest / 2**20 if sys.platform == "darwin" else largest / 1024)


def cpu_seconds() -> float:
    """CPU time of this process and of its ended children; on Windows of the process alone."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def physical_memory_mib() -> float | None:
    """Memory of the machine, MiB; None where it cannot be asked."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20
    except (AttributeError, ValueError, OSError):
        return None


def ignore_interrupts() -> None:
    """Leave Ctrl-C to the parent, which ends this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def lead_process_group() -> None:
    """Make this process the leader of a group, so that what it starts ends with it."""
    if hasattr(os, "setsid"):
        os.setsid()


def end_process(process: Any) -> None:
    """End a process that called `lead_process_group`, and its group where there are groups."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


def was_killed(exit_code: int | None) -> bool:
    """Whether an exit code says that the process was killed, as by a lack of memory."""
    return exit_code == -getattr(signal, "SIGKILL", 9)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Lock an existing folder for this process as long as the block lasts, however it ends.

    Yields:
        False if another process holds the lock. True if this one does, or if the platform has no
        locks.
    """
    if _fcntl is None and _msvcrt is None:
        yield True
        return
    if _fcntl is None:
        # Windows opens no folders: a file beside it is locked instead.
        opened = os.open(folder.with_name(f"{folder.name}.lock"), os.O_RDWR | os.O_CREAT)
    else:
        opened = os.open(folder, os.O_RDONLY)
    try:
        try:
            if _fcntl is None:
                _msvcrt.locking(opened, _msvcrt.LK_NBLCK, 1)
            else:
                _fcntl.flock(opened, _fcntl.LOCK_EX | _fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            yield False
        else:
            yield True
    finally:
        os.close(opened)


def link_folder(path: Path, target: Path) -> None:
    """Make ``path`` show the folder ``target``: a symlink, or a copy where none may be made.

    Windows lets only some users make symlinks (developer mode, or administrators).
    """
    try:
        path.symlink_to(target, target_is_directory=True)
    except (OSError, NotImplementedError):
        if hasattr(os, "killpg"):
            raise
        shutil.copytree(target, path)
