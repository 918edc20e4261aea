"""What a kept result depends on besides its key: the files that were used, with their content."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

MOST_FILES = 2000
MOST_BYTES = 1 << 30
"""Of more files, or larger ones, nothing is kept."""
MISSING = "missing"
COMPILED = "__pycache__"
"""Python's own folder, which comes with the first import."""


def content_of(
    files: Iterable[Path], whole: bool, since: float, folders: Iterable[Path] = ()
) -> dict[str, Any]:
    """A record of what was used, for `is_unchanged`.

    Args:
        files: paths, as far as they are known.
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

    Of a folder, whose path ends in a separator, it is that of the names in it.
    """
    path = Path(named)
    try:
        about = path.stat()
        if named.endswith(os.sep):
            names = sorted(name for name in os.listdir(path) if name != COMPILED)  # noqa: PTH208
            sha = hashlib.sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()
            return sha, 0, about.st_mtime
        if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES:
            return None
        with path.open("rb") as file:
            sha = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        # A name with a zero in it, or half a character, is no file's.
        return None
    return sha, about.st_size, about.st_mtime
