"""Is a recording still whole on disk?"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from recording.manifest import Manifest


def is_whole(folder: Path, manifest: Manifest) -> bool:
    """Has every table the rows that the manifest promises?

    Only the ends of the files are read, so that a cut, empty or missing file is noticed at no
    cost; bits that fell over in the middle are not.
    """
    for name, promised in manifest.rows.items():
        single = folder / f"{name}.parquet"
        paths = [single] if single.is_file() else sorted((folder / name).glob("*.parquet"))
        try:
            found = sum(pq.read_metadata(path).num_rows for path in paths)
        except (OSError, pa.ArrowException):
            return False
        if found != promised:
            return False
    return True
