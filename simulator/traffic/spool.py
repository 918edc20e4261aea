"""What a shard puts down for views of the run in progress: its slices, until the day is written."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from shamcrowd.recording.live import live_path, put_down
from shamcrowd.recording.schema import ACTIVITY, REQUESTS

_TABLES = {"requests": REQUESTS, "activity": ACTIVITY}


class Spool:
    """The current day of one shard, slice by slice, below the run's folder."""

    def __init__(self, folder: Path, shard: int) -> None:
        self._folder = folder
        self._shard = shard
        self._files: list[Path] = []

    def add(self, name: str, rows: pa.Table, number: int) -> None:
        """Put down the rows of slice ``number``."""
        path = live_path(self._folder, name, number, self._shard)
        put_down(rows, _TABLES[name], path)
        self._files.append(path)

    def clear(self) -> None:
        """The day is written: its slices are not needed any more."""
        for path in self._files:
            path.unlink(missing_ok=True)
        self._files = []
