"""Writes rows that come in time order into the files of a stream: a day and a few rows each."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.days import BEFORE, day_stem
from shamcrowd.recording.imports.tables import filled
from shamcrowd.recording.schema import REQUESTS, TABLES
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.writing import RecordingWriter, stream_path, write_file

PIECE = 250_000
"""Most rows of a file."""
_SPREAD = 1_103_515_245
"""An odd factor: multiplied by it, numbers below 2**31 are other numbers below 2**31."""


class DayFiles:
    """Files of the stream ``name`` in a recording that is being written."""

    def __init__(self, writer: RecordingWriter, name: str) -> None:
        self._writer, self._name = writer, name
        self._parts: list[pa.Table] = []
        self._day, self._done = 0, 0
        self._files: Counter[int] = Counter()

    def add(self, rows: pa.Table) -> None:
        """Add rows that are not earlier than those before them."""
        days = rows["time"].to_numpy() // MS_PER_DAY
        starts = np.flatnonzero(np.diff(days, prepend=days[:1] - 1))
        for start, stop in zip(starts, [*starts[1:], len(days)], strict=True):
            waiting = sum(part.num_rows for part in self._parts)
            if waiting and (self._day != days[start] or waiting + stop - start > PIECE):
                self._flush()
            self._day = int(days[start])
            self._parts.append(rows.slice(start, stop - start))

    def finish(self) -> None:
        """Write the rest; a stream without rows has one empty file."""
        if self._parts:
            self._flush()
        if not self._done:
            table, path = TABLES[self._name], stream_path(self._writer.aside, self._name, BEFORE, 0)
            self._writer.note(self._name, [write_file(table.schema.empty_table(), table, path)])

    def _flush(self) -> None:
        rows = pa.concat_tables(self._parts)
        number = self._numbers(rows.num_rows)
        given = {name: rows[name] for name in rows.column_names}
        if self._name == REQUESTS.name:
            given["request"] = number
            # Prompts that were not recorded are unrelated to each other.
            given.setdefault("sketch", number.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
            given.setdefault("endpoint", ["chat"] * rows.num_rows)
            given.setdefault("status", np.full(rows.num_rows, 200))
        shard = self._files[self._day]
        self._files[self._day] += 1
        path = stream_path(self._writer.aside, self._name, day_stem(self._day * MS_PER_DAY), shard)
        whole = filled(self._name, given, rows.num_rows, number)
        self._writer.note(self._name, [write_file(whole, TABLES[self._name], path)])
        self._done += rows.num_rows
        self._parts = []

    def _numbers(self, many: int) -> npt.NDArray[np.int64]:
        """A number for each row, no two alike."""
        return np.arange(self._done + 1, self._done + many + 1, dtype=np.int64) * _SPREAD % 2**31
