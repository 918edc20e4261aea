"""Slices of a shard written for live views, until the whole day is written."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from shamcrowd.recording.live import live_path, write_live
from shamcrowd.recording.schema import ACTIVITY, REQUESTS

_TABLES = {"requests": REQUESTS, "activity": ACTIVITY}


class Spool:
    """The current day of one shard, slice by slice, below the recording's folder."""

    def __init__(self, folder: Path, shard: int) -> None:
        self._folder = folder
        self._shard = shard
        self._files: list[Path] = []

    def add(self, name: str, rows: pa.Table, number: int) -> None:
        """Write the rows of slice ``number``."""
        path = live_path(self._folder, name, number, self._shard)
        write_live(rows, _TABLES[name], path)
        self._files.append(path)

    def clear(self) -> None:
        """Remove the slices once the day is written."""
        for path in self._files:
            path.unlink(missing_ok=True)
        self._files = []
