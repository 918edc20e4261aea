"""Limits of a process on memory, files and processes, and the rights that it gives up."""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

try:
    _resource: Any = importlib.import_module("resource")
except ImportError:  # Windows
    _resource = None
_STATUS = Path("/proc/self/status")
OPEN_FILES = 1024
PROCESSES = 256
"""Processes and threads that a plug-in and what it starts may have (assumed)."""
CAPABILITIES = 64
DROP_BOUNDING, NO_NEW_PRIVILEGES, PARENT_DEATH_SIGNAL = 24, 38, 1
AMBIENT, CLEAR_ALL = 47, 4
VERSION_3 = 0x20080522


def forbid_core_dumps() -> None:
    """Write no core file if this process crashes."""
    if _resource is not None:
        _resource.setrlimit(_resource.RLIMIT_CORE, (0, 0))


def limits_memory() -> bool:
    """Whether `limit_memory` is enforced: on Linux only, as macOS ignores the limit."""
    return _resource is not None and _STATUS.exists()


def limit_memory(size: int) -> bool:
    """Limit what this process may allocate from now on.

    Args:
        size: bytes on top of what it holds by now.

    Returns:
        Whether the limit is enforced. It is on Linux only: RLIMIT_DATA counts there all that is
        mapped for the process alone, and macOS does not enforce it.
    """
    if not limits_memory():
        return False
    status = _STATUS.read_text("utf-8")
    held = next(int(line.split()[1]) for line in status.splitlines() if "VmData" in line)
    _limit(_resource.RLIMIT_DATA, held * 1024 + size)
    return True


def limit_files(size: int) -> None:
    """Limit the size of a file that this process writes (bytes), and how many it has open."""
    if _resource is not None:
        _limit(_resource.RLIMIT_FSIZE, size)
        _limit(_resource.RLIMIT_NOFILE, OPEN_FILES)


def limit_processes() -> None:
    """Limit the number of processes. Only in a user namespace: elsewhere all of a user count."""
    if _resource is not None:
        _limit(_resource.RLIMIT_NPROC, PROCESSES)


def _limit(what: int, size: int) -> None:
    _, most = _resource.getrlimit(what)
    size = size if most == _resource.RLIM_INFINITY else min(size, most)
    _resource.setrlimit(what, (size, size))


def drop_rights() -> None:
    """Give up all capabilities for good, so that one started by root can do what any user can."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    for number in range(CAPABILITIES):
        libc.prctl(DROP_BOUNDING, number, 0, 0, 0)
    libc.prctl(AMBIENT, CLEAR_ALL, 0, 0, 0)
    head = (ctypes.c_uint32 * 2)(VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    if libc.capset(ctypes.byref(head), ctypes.byref(none)):
        raise OSError(ctypes.get_errno(), "capset was refused")
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs was refused")


def end_with_parent() -> None:
    """End this process when the one that started it ends."""
    if sys.platform == "linux":
        import signal

        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def bare_environment(scratch: Path) -> None:
    """Keep nothing of the environment but paths, the language and the number of threads."""
    import tempfile

    kept = kept_environment()
    os.environ.clear()
    os.environ.update(kept, HOME=str(scratch), TMPDIR=str(scratch))
    with suppress(AttributeError):
        tempfile.tempdir = None


KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
"""Environment variables that are kept. Others may hold secrets or paths of the caller."""
KEPT_BEGINNINGS = ("OPENBLAS_", "MKL_", "OMP_", "KMP_", "NPY_", "NUMBA_", "VECLIB_", "ARROW_")
"""Settings of numerical libraries: the last bits of results depend on them."""
SET_BY_LIBRARIES = ("KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK")
"""Set in any process that imports scikit-learn: nobody's setting."""
NEEDED_BY_WINDOWS = ("SYSTEMROOT",)


def kept_environment() -> dict[str, str]:
    """The variables that a plug-in's process is given."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in SET_BY_LIBRARIES
        and (name in (*KEPT, *NEEDED_BY_WINDOWS) or name.startswith(KEPT_BEGINNINGS))
    }
