"""The files that a shard has written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.truth_schema import TRUTH_TABLES
from shamcrowd.recording.writing import WrittenFile, stream_path, write_file


class ShardFiles:
    """Writes the streams of one shard.

    Args:
        folder: folder of the recording.
        number: number of the shard.

    Attributes:
        written: files by table.
    """

    def __init__(self, folder: Path, number: int) -> None:
        self._folder = folder
        self._number = number
        self.written: dict[str, list[WrittenFile]] = {}

    def write(self, tables: Mapping[str, pa.Table], stem: str) -> None:
        """Write tables by name into the files ``stem`` (a day, or the time before the start)."""
        for name, table in tables.items():
            path = stream_path(self._folder, name, stem, self._number)
            schema = (TABLES | TRUTH_TABLES)[name]
            self.written.setdefault(name, []).append(write_file(table, schema, path))
