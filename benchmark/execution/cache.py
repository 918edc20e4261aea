"""Cache of results by what they were computed from, shared by all runs.

An entry is a folder ``KIND/DIGEST/`` of the cache, where the digest is that of its key (all that
the content depends on). It holds ``content/`` and ``seal.json``: the key, and size and SHA-256 of
each file. Entries come in by one rename, so several runs can use one cache at once. An entry
that does not match its seal, or that another user made or could change, is deleted and made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.execution.engines.work_unit import ATTEMPT, attempt_at
from shamcrowd.benchmark.execution.host import link_folder
from shamcrowd.recording.atomic import PARTIAL, make_folder, remove
from shamcrowd.recording.errors import FolderInUseError
from shamcrowd.recording.output import writing

MARK = "shamcrowd-cache"
_SEAL, _CONTENT = "seal.json", "content"
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def default_cache_folder() -> Path:
    """The default cache folder, following the XDG base directory convention."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "shamcrowd"


def digest(key: Mapping[str, Any]) -> str:
    """32 hexadecimal digits for a key.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}) != digest({"a": 1})
    True
    """
    text = json.dumps(key, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Cache:
    """A folder of entries. ``damaged`` counts entries that were found damaged and deleted."""

    def __init__(self, root: Path | str) -> None:
        """Make ready to use the folder ``root``.

        Raises:
            FolderInUseError: if it holds anything but a cache.
            OutputError: if it cannot be written.
        """
        self.damaged = 0
        self._made: set[Path] | None = None
        with writing(root):
            self.root = Path(os.path.realpath(root))
            mark = self.root / MARK
            if self.root.exists() and not self.root.is_dir():
                raise FolderInUseError(f"{root}: is a file; name a folder for the cache")
            if self.root.is_dir() and any(self.root.iterdir()) and not mark.is_file():
                raise FolderInUseError(
                    f"{root}: not empty and not a cache; nothing in it was touched. "
                    "Name another folder with --cache"
                )
            make_folder(self.root)
            mark.touch()

    def renewed(self) -> Cache:
        """The same folder, of which only what is kept from now on is used: all else is made again.

        One that is renewed already is itself.
        """
        if self._made is not None:
            return self
        other = Cache(self.root)
        other._made = set()
        return other

    def _entry(self, kind: str, key: Mapping[str, Any]) -> Path:
        return self.root / kind / digest(key)

    def link(self, kind: str, key: Mapping[str, Any], path: Path) -> bool:
        """Symlink the entry to ``path`` if it exists and its SHA-256 sums match.

        Returns:
            Whether it did; a damaged entry is deleted.
        """
        entry = self._entry(kind, key)
        if self._made is not None and entry not in self._made:
            self.forget(kind, key, path)
        if not entry.exists():
            remove(path)
            return False
        if not _is_as_sealed(entry):
            self.damaged += 1
            self.forget(kind, key, path)
            return False
        _link(path, entry / _CONTENT)
        return True

    def forget(self, kind: str, key: Mapping[str, Any], path: Path) -> None:
        """Delete an entry that does not hold any more, and the link at ``path``."""
        entry = self._entry(kind, key)
        aside = attempt_at(entry)
        with suppress(OSError):
            entry.replace(aside)
        remove(aside)
        remove(path)

    def keep(self, kind: str, key: Mapping[str, Any], path: Path) -> None:
        """Take in the folder at ``path`` and leave a link to the entry there.

        If another process has stored the same entry meanwhile, that one is kept.

        Raises:
            OutputError: if it cannot be written; nothing of the entry is left then.
        """
        entry = self._entry(kind, key)
        if self._made is not None:
            self._made.add(entry)
        aside = attempt_at(entry)
        try:
            with writing(self.root):
                self._take(key, path, aside)
        except BaseException:
            with suppress(OSError):
                remove(aside)
            raise
        try:
            aside.rename(entry)
        except OSError:
            remove(aside)
        with writing(path):
            _link(path, entry / _CONTENT)

    def adopt(self, other: Path) -> int:
        """Take in the entries of another cache that this one has not; return how many.

        An entry that is not as it was sealed is left out and counted in ``damaged``: a bench makes
        it again.

        Raises:
            FolderInUseError: if ``other`` is no cache.
            OutputError: if this cache cannot be written.
        """
        if not (other / MARK).is_file():
            raise FolderInUseError(
                f"{other}: no cache; name the folder that was given as --cache to each share"
            )
        taken = 0
        for seal in sorted(other.glob(f"*/*/{_SEAL}")):
            entry = self.root / seal.parent.relative_to(other)
            if entry.exists() or entry.name.endswith((ATTEMPT, PARTIAL)):
                continue
            aside = attempt_at(entry)
            try:
                with writing(self.root):
                    shutil.copytree(seal.parent, aside, symlinks=True)
                    _keep_others_out(aside)
                if not _is_as_sealed(aside, entry.name):
                    self.damaged += 1
                    continue
                with suppress(OSError):
                    aside.rename(entry)
                    taken += 1
            finally:
                remove(aside)
        return taken

    def _take(self, key: Mapping[str, Any], path: Path, aside: Path) -> None:
        """Move the folder at ``path`` to ``aside``, with its seal."""
        aside.mkdir(parents=True)
        shutil.move(path, aside / _CONTENT)
        body = {"key": json.loads(json.dumps(key, default=str)), "files": _sums(aside / _CONTENT)}
        text = json.dumps({**body, "seal": digest(body)}, indent=1, sort_keys=True)
        (aside / _SEAL).write_text(text + "\n", "utf-8")
        _keep_others_out(aside)


def _keep_others_out(entry: Path) -> None:
    for inside in (entry, *entry.rglob("*")):
        if not inside.is_symlink():
            inside.chmod(inside.stat().st_mode & ~OTHERS_WRITE)


def _is_as_sealed(entry: Path, name: str = "") -> bool:
    """Whether an entry's files are those that were sealed, under its name or another."""
    try:
        if not all(map(_is_own, (entry, *entry.rglob("*")))):
            return False
        held = json.loads((entry / _SEAL).read_text("utf-8"))
        seal = held.pop("seal")
        # The key as well: an entry may have been put in the place of another.
        if seal != digest(held) or digest(held["key"]) != (name or entry.name):
            return False
        return bool(held["files"] == _sums(entry / _CONTENT))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return False


def _is_own(path: Path) -> bool:
    """Whether a file or folder is this user's, or root's, and nobody else can write to it."""
    about = path.lstat()
    if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True
    return about.st_uid in (os.geteuid(), 0) and not about.st_mode & OTHERS_WRITE


def _sums(folder: Path) -> dict[str, str]:
    """Size and SHA-256 of every file below a folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                sha = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.relative_to(folder).as_posix()] = f"{path.stat().st_size} {sha}"
    return found


def _link(path: Path, target: Path) -> None:
    if path.is_symlink() and path.readlink() == target:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    remove(path)
    link_folder(path, target)
