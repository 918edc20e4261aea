"""What a kept result depends on besides its key: the files that were used, with their content."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

MOST_FILES = 2000
MOST_BYTES = 1 << 30
"""Of more files, or larger ones, nothing is kept."""
MISSING = "missing"


def content_of(files: Iterable[Path], whole: bool, since: float) -> dict[str, Any]:
    """A record of what was used, for `is_unchanged`.

    Args:
        files: paths, as far as they are known.
        whole: whether they are all known.
        since: when the use began (seconds since 1970): what has changed after that counts as
            not known.
    """
    found, total = {}, 0
    for number, path in enumerate(sorted(set(files))):
        content = _content(path)
        if content is None:
            # A folder, or not there: if a file comes to its place, that is a change.
            found[str(path)] = MISSING
            continue
        sha, size, changed = content
        total += size
        if number >= MOST_FILES or total > MOST_BYTES or changed > since:
            whole = False
            break
        found[str(path)] = sha
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
    return all((_content(Path(path)) or (MISSING,))[0] == sha for path, sha in files.items())


def together(*parts: Mapping[str, Any]) -> dict[str, Any]:
    """One record of several."""
    held = [part for part in parts if part]
    if not held:
        return {}
    whole = all(part["whole"] for part in held)
    files = {path: sha for part in held for path, sha in part["files"].items()}
    return {"files": files if whole else {}, "whole": whole}


def _content(path: Path) -> tuple[str, int, float] | None:
    """SHA-256, size and time of change of a plain file; None of anything else."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES:
            return None
        with path.open("rb") as file:
            sha = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
    return sha, about.st_size, about.st_mtime
