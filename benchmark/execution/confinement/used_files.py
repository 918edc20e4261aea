"""Which files a plug-in used, beside the interpreter's packages: what its findings depend on."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.execution.confinement import allowed

MOST_FILES = 2000
LISTED = ("os.listdir", "os.scandir")
SHELL = "/bin/sh"
STARTED = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork")

SOCKETS = ("socket.__new__", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname")


class UsedFiles:
    """Notes every file that this process opens for reading, and whether it starts others.

    It sees what Python opens. What a library opens by itself, or another program, it does not:
    those are among the files that the plug-in may read, which `allowed.own_files` lists.
    """

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._started = False
        self._programs: set[str] = set()
        self._sockets = False
        # What the server has loaded is the interpreter, packages, and ours.
        self._before = set(sys.modules)
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            if isinstance(path, str | bytes) and not writes and len(self._files) <= MOST_FILES:
                self._files.add(_whole(path))
        elif event in LISTED:
            # Imports look through folders too; of those only what they open counts.
            by_import = sys._getframe(1).f_code.co_filename.startswith("<frozen importlib")
            if not by_import and len(self._folders) <= MOST_FILES:
                self._folders.add(_whole(arguments[0]))
        elif event in STARTED:
            self._started = True
            if event != "os.fork" and len(self._programs) <= MOST_FILES:
                named = SHELL if event == "os.system" else arguments[event == "os.spawn"]
                if isinstance(named, str | bytes | os.PathLike):
                    self._programs.add(os.fsdecode(named))
        elif event in SOCKETS:
            self._sockets = True

    def report(self) -> dict[str, Any]:
        """What was used so far, by whole paths, those of links and of what they lead to.

        ``files`` were opened and ``folders`` listed; ``all``: False if some may be missing.
        ``started``: whether other processes were, and by which ``programs``. ``sockets``: whether a
        socket was asked for, or a name looked up.
        """
        modules = [module for name, module in list(sys.modules.items()) if name not in self._before]
        loaded = (getattr(module, "__file__", None) for module in modules)
        files = _outside({*self._files, *(path for path in loaded if isinstance(path, str))})
        folders = _outside(self._folders)
        few = len(self._files) <= MOST_FILES >= len(self._folders)
        return {
            "files": files[:MOST_FILES], "folders": folders[:MOST_FILES],
            "all": few and not self._started, "started": self._started,
            "sockets": self._sockets,
            "programs": sorted({shutil.which(name) or name for name in self._programs}),
        }  # fmt: skip


def _outside(named: Iterable[str]) -> list[str]:
    """Of paths, those outside the interpreter, packages, this one and the working folder."""
    roots: list[str | Path] = [
        *allowed.packages(),
        sys.prefix,
        sys.base_prefix,
        *allowed.SYSTEM,
        *_shamcrowd(),
    ]
    roots += [os.environ.get("HOME", "/"), "/proc", "/dev", "/sys", "/etc"]
    known = tuple(f"{os.path.realpath(root)}{os.sep}" for root in roots)
    found = set()
    for name in named:
        for path in (str(source_of(name)), str(source_of(os.path.realpath(name)))):
            if not f"{path}{os.sep}".startswith(known):
                found.add(path)
    return sorted(found)


def _whole(path: Any) -> str:
    """A path from the root, with its links; of None and of descriptors the working folder."""
    named = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else "."
    return os.path.abspath(named)  # noqa: PTH100


def _shamcrowd() -> list[str]:
    parts = ("recording", "detectors", "__init__.py")
    return [str(where / name) for where in allowed.own_package() for name in parts]


def source_of(path: str) -> Path:
    """The source of a compiled module; any other file is itself.

    >>> source_of("/a/__pycache__/b.cpython-311.pyc").as_posix()
    '/a/b.py'
    """
    file = Path(path)
    if file.parent.name == "__pycache__" and file.suffix == ".pyc":
        return file.parent.parent / f"{file.name.partition('.')[0]}.py"
    return file
