"""Checks that the files of a recording are those that were written, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from shamcrowd.recording.errors import MissingFileError, RecordingError, UnreadableError
from shamcrowd.recording.manifest import NAME, Manifest
from shamcrowd.recording.regular_file import check_regular
from shamcrowd.recording.table_file import MAKE_AGAIN

DIGEST_BYTES = 16
_State = tuple[int, int, int]
_known: dict[Path, tuple[_State, str]] = {}
"""Digests of files that this process has read, with the file's inode, size and last change."""


def file_digest(path: Path) -> str:
    """Return the BLAKE2b of a file's bytes: 32 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(
            file, lambda: hashlib.blake2b(digest_size=DIGEST_BYTES)
        ).hexdigest()


def verify(folder: Path, manifest: Manifest, tables: Iterable[str] | None = None) -> None:
    """Check that tables of a recording are as they were written: no file changed, gone or added.

    A file is read once per process, and again only after it has changed. Reading it costs far less
    than decoding its values does, and nothing is decoded before.

    Args:
        folder: the recording.
        manifest: its manifest.
        tables: names of the tables to check; None: all, the truth's too.

    Raises:
        RecordingError: if a file is not as it was written; names the file.
    """
    for table in manifest.rows if tables is None else tables:
        promised = files_of(manifest, table)
        if not promised:
            raise RecordingError(folder, f"table {table} is missing", MAKE_AGAIN)
        for name in promised:
            _verify_file(folder / name, manifest.files[name])
        for path in (folder / table).glob("*.parquet"):
            name = f"{table}/{path.name}"
            if name not in manifest.files:
                raise RecordingError(folder / name, f"not in {NAME}", "move it away")


def files_of(manifest: Manifest, table: str) -> list[str]:
    """Return the files of a table by their paths in the folder, in the order of their names."""
    single = f"{table}.parquet"
    if single in manifest.files:
        return [single]
    return sorted(name for name in manifest.files if name.rpartition("/")[0] == table)


def is_whole(folder: Path, manifest: Manifest) -> bool:
    """Return whether every table, of the truth too, is as it was written."""
    try:
        verify(folder, manifest)
    except RecordingError:
        return False
    return True


def _verify_file(path: Path, promised: str) -> None:
    try:
        check_regular(path, MAKE_AGAIN)
        found = _digest(path)
    except MissingFileError as fault:
        raise RecordingError(path, f"missing, but {NAME} names it", MAKE_AGAIN) from fault
    except UnreadableError as fault:
        raise RecordingError(path, fault.what, fault.mend) from fault
    except OSError as fault:
        raise RecordingError(path, f"cannot be read ({fault.strerror})", MAKE_AGAIN) from fault
    if found != promised:
        what = f"changed since it was written: its bytes do not have the digest in {NAME}"
        raise RecordingError(path, what, MAKE_AGAIN)


def _digest(path: Path) -> str:
    about = path.stat()
    state = (about.st_ino, about.st_size, about.st_mtime_ns)
    known = _known.get(path)
    if known is None or known[0] != state:
        known = _known[path] = (state, file_digest(path))
    return known[1]
