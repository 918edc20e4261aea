"""Is a recording still whole on disk?"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.manifest import Manifest


def check_rows(folder: Path, table: str, promised: int | None) -> None:
    """Refuse a table that has not the rows that the manifest promises.

    Only the ends of the files are read, so that a cut, empty or missing file is noticed at no
    cost; bits that fell over in the middle are not.

    Raises:
        RecordingError: naming the file, or the table and both numbers.
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
            f"{folder}: table {table} has {found:,} rows, the manifest promises {promised}; "
            "make it again"
        )


def is_whole(folder: Path, manifest: Manifest) -> bool:
    """Has every table, the truth's too, the rows that the manifest promises?"""
    try:
        for table, promised in manifest.rows.items():
            check_rows(folder, table, promised)
    except RecordingError:
        return False
    return True
