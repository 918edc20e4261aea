"""What a kept result depends on besides its key: the files that were used, with their content."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.execution.confinement.allowed import may_be_read

MOST_FILES = 2000
MOST_BYTES = 1 << 30
"""Of more files, or larger ones, nothing is kept."""
MISSING = "missing"
ANY, MODULE = "*", ".py"
INSTALLED = (
    "/var/lib/dpkg/status", "/lib/apk/db/installed", "/var/lib/rpm/rpmdb.sqlite",
    "/usr/lib/sysimage/rpm/rpmdb.sqlite",
)  # fmt: skip
"""Where systems note which versions of programs are installed."""
COMPILED = "__pycache__"
"""Python's own folder, which comes with the first import."""


def names_used(listed: Iterable[Path], files: Iterable[Path]) -> tuple[set[Path], set[Path]]:
    """Of folders that were opened: those whose names count all, and patterns of some names.

    An import lists a folder with modules, too. Of its names those count that end as modules do, or
    as another file that was opened there: nobody knows whether those were found by a list.
    """
    modules = {path for path in listed if any(path.glob(f"{ANY}{MODULE}"))}
    ends = {(path.parent, path.suffix) for path in files} | {(path, MODULE) for path in modules}
    some = {folder / f"{ANY}{end}" for folder, end in ends if folder in modules}
    return set(listed) - modules, some


def programs_used(named: Iterable[str]) -> set[Path]:
    """Of the programs that a plug-in says it started, those of the system or of packages.

    With what tells of an upgrade, as it is not known which programs those start in turn.
    """
    return {*filter(may_be_read, map(Path, named)), *map(Path, INSTALLED)}


def content_of(
    files: Iterable[Path], whole: bool, since: float, folders: Iterable[Path] = ()
) -> dict[str, Any]:
    """A record of what was used, for `is_unchanged`.

    Args:
        files: paths, as far as they are known; of ``folder/*.csv`` the names of that ending count.
        folders: paths of folders that were listed.
        whole: whether they are all known.
        since: when the use began (seconds since 1970): what has changed after that counts as
            not known.
    """
    found, total = {}, 0
    named = {*map(str, files), *(f"{path}{os.sep}" for path in folders)}
    for number, path in enumerate(sorted(named)):
        content = _content(path)
        if content is None:
            # A folder, or not there: if a file comes to its place, that is a change.
            found[path] = MISSING
            continue
        sha, size, changed = content
        total += size
        if number >= MOST_FILES or total > MOST_BYTES or changed > since:
            whole = False
            break
        found[path] = sha
    return {"files": found if whole else {}, "whole": whole}


def is_unchanged(used: Mapping[str, Any]) -> bool:
    """Whether what a kept result used is what it was; False for one that depends on the unknown.

    >>> is_unchanged({}), is_unchanged({"files": {}, "whole": False})
    (True, False)
    """
    if not used:
        return True
    files = used.get("files")
    if used.get("whole") is not True or not isinstance(files, Mapping):
        return False
    return all((_content(path) or (MISSING,))[0] == sha for path, sha in files.items())


def together(*parts: Mapping[str, Any]) -> dict[str, Any]:
    """One record of several."""
    held = [part for part in parts if part]
    if not held:
        return {}
    whole = all(part["whole"] for part in held)
    files = {path: sha for part in held for path, sha in part["files"].items()}
    return {"files": files if whole else {}, "whole": whole}


def _content(named: str) -> tuple[str, int, float] | None:
    """SHA-256, size and time of change of a plain file; None of anything else.

    Of a folder, whose path ends in a separator, it is that of the names in it; of one that ends in
    ``*`` and an ending, of the names that have it.
    """
    path = Path(named)
    some = path.name.startswith(ANY)
    try:
        if some or named.endswith(os.sep):
            return _names(path.parent if some else path, path.suffix if some else None)
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES:
            return None
        with path.open("rb") as file:
            sha = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        # A name with a zero in it, or half a character, is no file's.
        return None
    return sha, about.st_size, about.st_mtime


def _names(folder: Path, ending: str | None) -> tuple[str, int, float]:
    names = sorted(name for name in os.listdir(folder) if name != COMPILED)  # noqa: PTH208
    if ending is not None:
        names = [name for name in names if Path(name).suffix == ending]
    sha = hashlib.sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()
    if ending is None:
        return sha, 0, folder.stat().st_mtime
    # The time of the folder says nothing of some of its names: another file may have come.
    return sha, 0, max(((folder / name).lstat().st_ctime for name in names), default=0.0)
