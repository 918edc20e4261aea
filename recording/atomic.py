"""Files and folders that appear in one step: whole, or not at all.

Everything is written under a second name next to the final one (``NAME.partial``) and renamed when
it is complete. A process that dies in between leaves the old version in place and at most a
``.partial``, which nothing reads and the next attempt replaces. Nothing is flushed to disk
(``fsync``): the guarantee covers a crash of the process, not a loss of power.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from shamcrowd.recording.output import OutputError, not_writable, writing

PARTIAL = ".partial"
"""Ending of the name of what is not complete yet."""


def partial_path(path: Path) -> Path:
    """Where the file or folder ``path`` is written until it is complete.

    >>> partial_path(Path("runs/scores.json")).as_posix()
    'runs/scores.json.partial'
    """
    return path.with_name(path.name + PARTIAL)


def write_bytes(path: Path, content: bytes) -> None:
    """Write the file ``path`` in one step, and its parent folders if they are missing.

    Raises:
        OutputError: if it cannot be written there; an existing file is left as it was.
    """
    with new_file(path) as aside:
        aside.write_bytes(content)


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 into the file ``path`` in one step; see `write_bytes`.

    Raises:
        OutputError: if it cannot be written there; an existing file is left as it was.
    """
    write_bytes(path, text.encode())


def write_json(path: Path, data: Any, indent: int = 1) -> None:
    """Write ``data`` as JSON with sorted keys into the file ``path`` in one step.

    Raises:
        OutputError: if it cannot be written there; an existing file is left as it was.
    """
    write_text(path, json.dumps(data, indent=indent, sort_keys=True) + "\n")


def make_folder(path: Path) -> None:
    """Make the folder ``path`` and its parents where they are missing.

    Raises:
        OutputError: if it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise not_writable(path, fault) from fault


def check_place(path: Path) -> None:
    """Refuse a path that no file can be written to, before anything is made that is to be in it.

    Raises:
        OutputError: if it is a folder, a device or a pipe, lies in a file, or its name is too long.
    """
    try:
        path.lstat()
        if path.exists() and not path.is_file():
            # Renaming would put a file in the place of a device such as /dev/null, for everyone.
            kind = "a folder" if path.is_dir() else "a device or pipe"
            raise OutputError(f"{path}: is {kind}, not a file; name a file")
    except FileNotFoundError:
        return
    except (OSError, ValueError) as fault:
        wrong = fault if isinstance(fault, OSError) else OSError(str(fault))
        raise not_writable(path, wrong) from fault


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Yield a path to write the file ``path`` to; put it in place if the block succeeds.

    If the block raises, what was written is removed and an existing file stays as it was.

    Raises:
        OutputError: in place of an OSError from the block or from renaming.
    """
    check_place(path)
    aside = partial_path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield aside
        aside.replace(path)
    except OSError as fault:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise not_writable(path, fault) from fault
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Yield an empty folder to fill; put it in place of ``path`` if the block succeeds.

    If the block raises, what was written is removed and an existing folder stays as it was.

    Raises:
        OutputError: if a folder cannot be made there, or the block cannot write in it.
    """
    aside = begin_folder(path)
    try:
        with writing(path):
            yield aside
    except BaseException:
        remove(aside)
        raise
    publish(path)


def begin_folder(path: Path) -> Path:
    """Make an empty folder in which the content of the folder ``path`` can be written.

    For writers that cannot use `new_folder` because another process completes the work: call
    `publish` when everything is there.

    Raises:
        OutputError: if a folder cannot be made there.
    """
    aside = partial_path(path)
    try:
        if path.exists() and not path.is_dir():
            raise OutputError(f"{path}: is not a folder; name a folder")
        remove(aside)
        aside.mkdir(parents=True)
    except OSError as fault:
        raise not_writable(path, fault) from fault
    return aside


def publish(path: Path) -> None:
    """Put the folder made by `begin_folder` in place of ``path``, removing what was there.

    Raises:
        OutputError: if it cannot be put there.
    """
    try:
        remove(path)
        partial_path(path).replace(path)
    except OSError as fault:
        raise not_writable(path, fault) from fault


def remove(path: Path) -> None:
    """Remove a folder, file or symbolic link if it exists; never what a link points to."""
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)
