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

from shamcrowd.recording.errors import UsageError

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
        UsageError: if it cannot be written there; an existing file is left as it was.
    """
    with new_file(path) as aside:
        aside.write_bytes(content)


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 into the file ``path`` in one step; see `write_bytes`.

    Raises:
        UsageError: if it cannot be written there; an existing file is left as it was.
    """
    write_bytes(path, text.encode())


def write_json(path: Path, data: Any, indent: int = 1) -> None:
    """Write ``data`` as JSON with sorted keys into the file ``path`` in one step.

    Raises:
        UsageError: if it cannot be written there; an existing file is left as it was.
    """
    write_text(path, json.dumps(data, indent=indent, sort_keys=True) + "\n")


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Yield a path to write the file ``path`` to; put it in place if the block succeeds.

    If the block raises, what was written is removed and an existing file stays as it was.

    Raises:
        UsageError: in place of an OSError from the block or from renaming.
    """
    aside = partial_path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield aside
        aside.replace(path)
    except OSError as fault:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise _not_writable(path, fault) from fault
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Yield an empty folder to fill; put it in place of ``path`` if the block succeeds.

    If the block raises, what was written is removed and an existing folder stays as it was.

    Raises:
        UsageError: if a folder cannot be made there.
    """
    aside = begin_folder(path)
    try:
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
        UsageError: if a folder cannot be made there.
    """
    aside = partial_path(path)
    remove(aside)
    try:
        aside.mkdir(parents=True)
    except OSError as fault:
        raise _not_writable(path, fault) from fault
    return aside


def publish(path: Path) -> None:
    """Put the folder made by `begin_folder` in place of ``path``, removing what was there.

    Raises:
        UsageError: if it cannot be put there.
    """
    remove(path)
    try:
        partial_path(path).replace(path)
    except OSError as fault:
        raise _not_writable(path, fault) from fault


def remove(path: Path) -> None:
    """Remove a folder, file or symbolic link if it exists; never what a link points to."""
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)


def _not_writable(path: Path, fault: OSError) -> UsageError:
    why = fault.strerror or type(fault).__name__
    return UsageError(
        f"{path}: cannot be written ({why}); choose another path, or make room and allow writing"
    )
