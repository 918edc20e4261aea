"""Reads whole files that someone else wrote, and never more of them than a limit.

A path that was given may be anything: a pipe that nobody writes to, a device without an end, a
file of gigabytes. Opening a pipe waits for its writer, and reading a device does not end, so that
what a path is has to be known before anything is read.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from shamcrowd.recording.errors import MissingFileError, UnreadableError

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


def check_regular(path: Path, mend: str) -> None:
    """Check that a path is that of a regular file, without opening it.

    Raises:
        MissingFileError: if there is nothing.
        UnreadableError: if it is no regular file.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise MissingFileError(path, "no such file", mend) from None
    except (OSError, ValueError) as fault:
        raise UnreadableError(path, f"cannot be read: {_why(fault)}", mend) from None
    if not stat.S_ISREG(mode):
        raise UnreadableError(path, f"is {_kind(mode)}, not a file", mend)


def read_bounded(path: Path, most: int) -> bytes:
    """Return the content of a regular file of at most ``most`` bytes.

    Symbolic links are followed.

    Raises:
        MissingFileError: if there is nothing.
        UnreadableError: if it is no regular file, is larger, or cannot be read.
    """
    try:
        # Without O_NONBLOCK, opening a pipe would wait for somebody to write to it.
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
        with open(opened, "rb", closefd=True) as file:  # noqa: PTH123
            mode = os.fstat(opened)
            if not stat.S_ISREG(mode.st_mode):
                what = f"is {_kind(mode.st_mode)}, not a file"
                raise UnreadableError(path, what, "name a file")
            # Files of /proc say that they are empty, and others may grow meanwhile.
            content = file.read(most + 1) if mode.st_size <= most else b""
    except IsADirectoryError:
        raise UnreadableError(path, "is a folder, not a file", "name a file") from None
    except (FileNotFoundError, NotADirectoryError) as fault:
        what = f"cannot be read: {_why(fault)}"
        raise MissingFileError(path, what, "check the path") from None
    except (OSError, ValueError) as fault:
        raise UnreadableError(path, f"cannot be read: {_why(fault)}", "check the path") from None
    size = max(mode.st_size, len(content))
    if size > most:
        what = f"has {size:,} bytes, more than the limit of {most:,}"
        raise UnreadableError(path, what, "is this the right file?")
    return content


def _kind(mode: int) -> str:
    return _KINDS.get(stat.S_IFMT(mode), "no regular file")


def _why(fault: Exception) -> str:
    return getattr(fault, "strerror", None) or str(fault)


_BINARY = getattr(os, "O_BINARY", 0)
"""Windows would otherwise translate line ends."""
