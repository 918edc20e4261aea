"""Linux's Landlock: a process may from now on reach what it is granted, and nothing else.

Needs no rights (kernel 5.13 or newer; https://docs.kernel.org/userspace-api/landlock.html). Of
newer versions all that they have is used: no TCP (4), no device controls (5), no signals to
processes outside and no abstract sockets of others (6).
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

CREATE, ADD, RESTRICT = 444, 445, 446
"""System calls, the same on every architecture."""
ASK_VERSION = 1
BENEATH = 1
NO_NEW_PRIVILEGES = 38
KNOWN = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""Number of kinds of access to files by version, each a bit."""
NETWORK_VERSION, SCOPE_VERSION = 4, 6
NETWORK, SCOPES = 0b11, 0b11
"""To bind and connect by TCP; abstract sockets and signals."""
ON_FILES = 0b1100_0000_0000_0111
"""Kinds of access that make sense on a file: execute, write, read; truncate, ioctl."""
READ = 0b1101
"""To execute and read a file, and to list a folder."""
LIST = 0b1000
"""To list a folder and those below it."""
WRITE_FILE = 0b110
"""To read and write a file that is there, such as a device."""
ALL = 0b0111_1111_1111_1111
"""Everything but device controls."""


class _Rules(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64),
    )  # fmt: skip


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # Python 3.14 asks that packed structures say so
    _fields_ = (("access", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """Version of Landlock that the kernel offers; 0 if none, as on any system but Linux."""
    if sys.platform != "linux":
        return 0
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        return max(int(libc.syscall(CREATE, None, 0, ASK_VERSION)), 0)
    except (AttributeError, OSError, TypeError):
        return 0


def allow(
    read: Iterable[Path | str],
    write: Iterable[Path | str] = (),
    devices: Iterable[Path | str] = (),
    listed: Iterable[Path | str] = (),
) -> int:
    """Give up, for good, all access to files but what is granted here; and TCP and signals.

    Args:
        read: files and folders to read and execute; one that is missing is left out.
        write: folders to do anything in.
        devices: files to read and write.
        listed: folders of which only the names inside may be read, at any depth.

    Returns:
        The version of Landlock in use; 0 where the kernel has none: nothing is done then.

    Raises:
        OSError: if the kernel refuses.
    """
    offered = version()
    if not offered:
        return 0
    libc = ctypes.CDLL(None, use_errno=True)

    def call(number: int, *args: object) -> int:
        done = int(libc.syscall(number, *args))
        if done < 0:
            code = ctypes.get_errno()
            raise OSError(code, f"Landlock: {os.strerror(code)}")
        return done

    files = (1 << KNOWN[min(offered, max(KNOWN))]) - 1
    rules = _Rules(
        files,
        NETWORK if offered >= NETWORK_VERSION else 0,
        SCOPES if offered >= SCOPE_VERSION else 0,
    )
    size = 24 if offered >= SCOPE_VERSION else 16 if offered >= NETWORK_VERSION else 8
    ruleset = call(CREATE, ctypes.byref(rules), size, 0)
    granted = [
        (access, path)
        for access, paths in ((READ, read), (ALL, write), (WRITE_FILE, devices), (LIST, listed))
        for path in paths
    ]
    try:
        for access, path in granted:
            try:
                opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue
            try:
                may = access & files
                if not stat.S_ISDIR(os.fstat(opened).st_mode):
                    may &= ON_FILES
                rule = _Beneath(may, opened)
                call(ADD, ruleset, BENEATH, ctypes.byref(rule), 0)
            finally:
                os.close(opened)
        if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "Landlock: no_new_privs was refused")
        call(RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)
    return offered
