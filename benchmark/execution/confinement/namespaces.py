"""Namespaces of Linux: a process with its own processes, mounts, network, and System V objects.

They need no rights where a user namespace may be made (``user_namespaces(7)``). The first process
of a process namespace takes all others with it when it ends.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

NEW_MOUNT, NEW_UTS, NEW_IPC = 0x00020000, 0x04000000, 0x08000000
NEW_USER, NEW_PROCESS, NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000
OUTER = NEW_USER | NEW_PROCESS | NEW_NETWORK | NEW_IPC | NEW_UTS
READ_ONLY, NO_SUID, NO_DEVICES, NO_EXECUTE = 1, 2, 4, 8
RECURSIVE, PRIVATE = 0x4000, 0x40000
OWN_PROC = NO_SUID | NO_DEVICES | NO_EXECUTE | READ_ONLY
"""How ``/proc`` is mounted: settings of the kernel in it are the machine's, and root could change
them."""
SET_ATTRIBUTES, WHOLE_TREE = 442, 0x8000
"""The system call, and its flag for all mounts below."""
HOST_NAME = "sealed"
SHARED_MEMORY = Path("/dev/shm")
SHARED_MEMORY_MIB = 256
"""Size of ``/dev/shm`` in the confinement (assumed enough: it holds semaphores)."""


def enter() -> None:
    """Enter new namespaces; the next process that this one starts is the first in them.

    Raises:
        OSError: if it may not be done here.
    """
    user, group = os.geteuid(), os.getegid()
    _call("unshare", OUTER)
    Path("/proc/self/setgroups").write_text("deny", "ascii")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1", "ascii")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1", "ascii")
    # Nothing can be learnt from the machine's name, and no answer depends on it.
    socket.sethostname(HOST_NAME)


class _Attributes(ctypes.Structure):
    _fields_ = (
        ("set", ctypes.c_uint64), ("clear", ctypes.c_uint64), ("propagation", ctypes.c_uint64),
        ("namespace", ctypes.c_uint64),
    )  # fmt: skip


def make_read_only() -> bool:
    """Let nothing be changed in any file system that is mounted here, not even rights or times.

    Landlock does not know calls that change those (``chmod``, ``utime``, ``setxattr``).

    Returns:
        Whether it was done: Linux 5.12 or newer (``mount_setattr(2)``).
    """
    wanted = _Attributes(READ_ONLY, 0, 0, 0)
    libc = ctypes.CDLL(None, use_errno=True)
    size = ctypes.sizeof(wanted)
    return not libc.syscall(SET_ATTRIBUTES, -100, b"/", WHOLE_TREE, ctypes.byref(wanted), size)


def furnish(scratch: Path, scratch_mib: int, covered: Iterable[Path | str] = ()) -> bool:
    """Mount what belongs to the new namespaces; called by the first process in them.

    ``/proc`` shows only their own processes; ``scratch`` and ``/dev/shm`` are empty, in memory, and
    of limited size. Folders that are ``covered`` look empty. All else is for reading only.

    Returns:
        Whether nothing else can be changed; False before Linux 5.12.

    Raises:
        OSError: if the kernel refuses.
    """
    _call("unshare", NEW_MOUNT)
    safe = NO_SUID | NO_DEVICES
    _mount("none", "/", None, RECURSIVE | PRIVATE)
    fixed = make_read_only()
    _mount("proc", "/proc", "proc", OWN_PROC)
    _mount("tmpfs", str(scratch), "tmpfs", safe, f"size={scratch_mib}m,nr_inodes=100k,mode=700")
    if SHARED_MEMORY.is_dir():
        size = f"size={SHARED_MEMORY_MIB}m,nr_inodes=10k,mode=700"
        _mount("tmpfs", str(SHARED_MEMORY), "tmpfs", safe | NO_EXECUTE, size)
    for path in covered:
        if Path(path).is_dir():
            _mount("tmpfs", str(path), "tmpfs", safe | NO_EXECUTE | READ_ONLY, "size=4k,mode=500")
    return fixed


@cache
def offered() -> bool:
    """Whether namespaces can be entered and furnished on this machine, by trying it."""
    if sys.platform != "linux":
        return False
    child = os.fork()
    if not child:
        code = 1
        with suppress(BaseException):
            enter()
            first = os.fork()
            if not first:
                with suppress(BaseException):
                    furnish(Path("/tmp"), 1)
                    os._exit(0)
                os._exit(1)
            code = os.waitstatus_to_exitcode(os.waitpid(first, 0)[1])
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _mount(what: str, where: str, kind: str | None, flags: int, options: str = "") -> None:
    encoded = kind.encode() if kind else None
    _call("mount", what.encode(), where.encode(), encoded, flags, options.encode() or None)


def _call(name: str, *arguments: object) -> None:
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments):
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
