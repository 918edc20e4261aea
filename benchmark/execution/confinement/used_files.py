"""Which files a plug-in used, beside the interpreter's packages: what its findings depend on."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.execution.confinement import allowed

MOST_FILES = 2000
STARTED = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork")


class UsedFiles:
    """Notes every file that this process opens for reading, and whether it starts others.

    It sees what Python opens. What a library opens by itself, or another program, it does not:
    those are among the files that the plug-in may read, which `allowed.own_files` lists.
    """

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._started = False
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            if isinstance(path, str | bytes) and not writes and len(self._files) <= MOST_FILES:
                self._files.add(os.fsdecode(path))
        elif event in STARTED:
            self._started = True

    def report(self) -> dict[str, Any]:
        """``files``: those used, by real path; ``all``: False if some may be missing."""
        loaded = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
        named = {*self._files, *(path for path in loaded if isinstance(path, str))}
        known = [Path(os.path.realpath(p)) for p in allowed.packages()]
        known += [Path(os.path.realpath(p)) for p in (sys.prefix, sys.base_prefix, *allowed.SYSTEM)]
        own = [Path(os.path.realpath(p)) for p in _shamcrowd()]
        scratch = os.path.realpath(os.environ.get("HOME", "/"))
        found = set()
        for name in named:
            path = source_of(os.path.realpath(name))
            inside = any(path.is_relative_to(root) for root in (*known, *own, Path(scratch)))
            if not inside and not str(path).startswith(("/proc/", "/dev/", "/sys/", "/etc/")):
                found.add(str(path))
        return {
            "files": sorted(found)[:MOST_FILES],
            "all": len(self._files) <= MOST_FILES and not self._started,
        }


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
