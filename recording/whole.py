"""Checks that the files of a recording are complete."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.manifest import Manifest


def check_rows(folder: Path, table: str, promised: int | None) -> None:
    """Check that a table has as many rows as the manifest says.

    Only the footers of the files are read. That finds truncated, empty and missing files at little
    cost, but not changed bytes in the middle.

    Raises:
        RecordingError: if a file cannot be read, or the number of rows differs.
    """
    single = folder / f"{table}.parquet"
    found = 0
    for path in [single] if single.is_file() else sorted((folder / table).glob("*.parquet")):
        try:
            found += pq.read_metadata(path).num_rows
        except (OSError, pa.ArrowException) as fault:
            raise RecordingError(f"{path}: cannot be read ({fault}); make it again") from fault
    if found != promised:
        raise RecordingError(
            f"{folder}: table {table} has {found:,} rows, the manifest says {promised}; "
            "make it again"
        )


def is_whole(folder: Path, manifest: Manifest) -> bool:
    """Return whether every table, of the truth too, has as many rows as the manifest says."""
    try:
        for table, promised in manifest.rows.items():
            check_rows(folder, table, promised)
    except RecordingError:
        return False
    return True
