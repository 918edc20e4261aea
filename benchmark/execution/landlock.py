"""Linux's Landlock: a process gives up access to parts of the file system.

Needs no rights (kernel 5.13 or newer; https://docs.kernel.org/userspace-api/landlock.html).
Landlock can only grant, so all is granted but the way down to what is hidden.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

CREATE, ADD, RESTRICT = 444, 445, 446
"""System calls, the same on every architecture."""
ASK_VERSION = 1
BENEATH = 1
NO_NEW_PRIVILEGES = 38
KNOWN = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""Kinds of access by version, each a bit."""
ON_FILES = 0b1100_0000_0000_0111
"""Of these, what makes sense on a file: execute, write, read; truncate, ioctl."""
READING = 0b1100
"""Of these, to read a file and to list a folder."""


class _Rules(ctypes.Structure):
    _fields_ = (("access", ctypes.c_uint64),)


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


def hide(hidden: Sequence[Path], shown: Sequence[Path], written: Sequence[Path] = ()) -> bool:
    """Give up access to everything below ``hidden`` for good, except reading what is in ``shown``.

    What is in ``written`` can be read and written. Also lost is making new files in the folders
    above ``hidden``. True if it was done, False where the kernel has no Landlock.

    Raises:
        OSError: if the kernel refuses.
    """
    offered = version()
    if not offered:
        return False
    libc = ctypes.CDLL(None, use_errno=True)

    def call(number: int, *args: object) -> int:
        done = int(libc.syscall(number, *args))
        if done < 0:
            code = ctypes.get_errno()
            raise OSError(code, f"Landlock: {os.strerror(code)}")
        return done

    access = (1 << KNOWN[min(offered, max(KNOWN))]) - 1
    rules = _Rules(access)
    ruleset = call(CREATE, ctypes.byref(rules), ctypes.sizeof(rules), 0)
    try:
        granted = [(path, access) for path in (*_beside(hidden), *written)]
        for path, may in [*granted, *((path, READING) for path in shown)]:
            try:
                opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except OSError as fault:
                if fault.errno in (errno.ENOENT, errno.EACCES):
                    continue
                raise
            try:
                folder = stat.S_ISDIR(os.fstat(opened).st_mode)
                rule = _Beneath(may if folder else may & ON_FILES, opened)
                call(ADD, ruleset, BENEATH, ctypes.byref(rule), 0)
            finally:
                os.close(opened)
        if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "Landlock: no_new_privs was refused")
        call(RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)
    return True


def _beside(hidden: Sequence[Path]) -> Iterator[Path]:
    """Everything that is neither above nor below one of the folders."""
    ways = {folder.resolve() for folder in hidden}
    above = {parent for way in ways for parent in way.parents}
    for folder in above - ways:
        try:
            inside = list(folder.iterdir())
        except OSError:
            inside = []
        # What a link points to is granted where it lies, if it is.
        yield from (p for p in inside if p not in ways and p not in above and not p.is_symlink())
