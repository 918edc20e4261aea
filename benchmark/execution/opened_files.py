"""Which files of some folders are opened while a block of code runs, as the kernel tells it.

Linux's inotify sees every opening, whatever process or library does it; so files that others
open at that time are taken for used as well.
"""

from __future__ import annotations

import ctypes
import os
import select
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

OPENED, OVERFLOWED, IS_FOLDER = 0x20, 0x4000, 0x40000000
NON_BLOCKING = 0x800
HEAD = struct.Struct("iIII")
MOST_FOLDERS = 1000
PIECE = 1 << 16


class OpenedFiles:
    """Watches folders, without those below them, from when it is made.

    Attributes:
        whole: whether nothing can have been missed so far.
        listed: of the folders, those that were opened themselves, as to list them.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self.whole = sys.platform == "linux"
        self._names: dict[int, Path] = {}
        self._found: set[Path] = set()
        self.listed: set[Path] = set()
        self._watching: int | None = None
        if not self.whole:
            return
        libc = ctypes.CDLL(None, use_errno=True)
        watching = libc.inotify_init1(NON_BLOCKING | os.O_CLOEXEC)
        if watching < 0:
            self.whole = False
            return
        self._watching = watching
        for number, folder in enumerate(folders):
            place = libc.inotify_add_watch(watching, os.fsencode(folder), OPENED)
            if place < 0 or number >= MOST_FOLDERS:
                self.whole = False
                return
            self._names[place] = folder

    def read(self) -> set[Path]:
        """The files opened so far."""
        while self._watching is not None and select.select([self._watching], [], [], 0)[0]:
            piece, at = os.read(self._watching, PIECE), 0
            while at < len(piece):
                place, mask, _, length = HEAD.unpack_from(piece, at)
                at += HEAD.size + length
                name = piece[at - length : at].rstrip(b"\0")
                if mask & OVERFLOWED:
                    self.whole = False
                elif place not in self._names:
                    continue
                elif not name:
                    self.listed.add(self._names[place])
                elif not mask & IS_FOLDER:
                    self._found.add(self._names[place] / os.fsdecode(name))
        return self._found

    def close(self) -> None:
        """Stop watching."""
        if self._watching is not None:
            os.close(self._watching)
            self._watching = None


def folders_of(paths: Iterable[Path]) -> list[Path]:
    """Each folder among ``paths`` and below it, and the folder of each file."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path.parent] = None
            continue
        for place, _, _ in os.walk(path):
            found[Path(place)] = None
            if len(found) > MOST_FOLDERS:
                return list(found)
    return list(found)
