"""What went wrong with a place that is written to, as one sentence: what, where, how to mend it.

A disk is full, a folder is read-only, a name is too long: none of it is a fault of the program
that writes. The operating system says so by an error number (``errno``), which is the same in
every language and library.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shamcrowd.recording.errors import UsageError

_ELSEWHERE = "choose another place"
_ROOM = f"make room there, or {_ELSEWHERE}"
_ALLOW = f"allow access there, or {_ELSEWHERE}"
_NO_FOLDER = f"part of the path is a file: {_ELSEWHERE}"
MENDS = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: _ROOM,
    errno.EROFS: _ELSEWHERE,
    errno.EACCES: _ALLOW,
    errno.EPERM: _ALLOW,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.EISDIR: "name a file",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ELOOP: f"a symbolic link leads to itself: {_ELSEWHERE}",
    errno.EIO: f"the disk does not answer: {_ELSEWHERE}",
    errno.ESTALE: f"the disk does not answer: {_ELSEWHERE}",
    errno.ENXIO: _ELSEWHERE,
    errno.EBUSY: _ELSEWHERE,
    errno.EXDEV: _ELSEWHERE,
    errno.EMFILE: "allow more open files (ulimit -n), or use fewer workers",
    errno.ENFILE: "allow more open files (ulimit -n), or use fewer workers",
}
"""How to mend what a place can be at fault for, by error number."""


class OutputError(UsageError):
    """Something cannot be written where it should be: the disk, or its permissions."""


def is_of_place(fault: OSError) -> bool:
    """Return whether an error is the fault of the place, not of the program.

    >>> is_of_place(OSError(28, "No space left on device")), is_of_place(FileNotFoundError(2, ""))
    (True, False)
    """
    return fault.errno in MENDS


def not_writable(path: Path | str, fault: OSError) -> OutputError:
    """Return the error to raise for a place that cannot be written.

    >>> print(not_writable("a/b", OSError(28, "Error writing bytes to file. Detail: ...")))
    a/b: cannot be written (No space left on device); make room there, or choose another place
    """
    number = fault.errno or 0
    why = os.strerror(number) if number else str(fault) or type(fault).__name__
    mend = MENDS.get(number, f"{_ELSEWHERE}, or make room and allow writing")
    return OutputError(f"{path}: cannot be written ({why}); {mend}")


@contextmanager
def writing(path: Path | str) -> Iterator[None]:
    """Raise an error about ``path`` in place of one of the block that is the place's fault.

    Raises:
        OutputError: if the place cannot be written.
    """
    try:
        yield
    except OSError as fault:
        if not is_of_place(fault):
            raise
        raise not_writable(path, fault) from fault
