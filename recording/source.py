"""Where the rows of a view come from: a recording on disk, or tables held in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from recording.days import stem_range
from recording.errors import RecordingError
from recording.manifest import Manifest
from recording.schema import STREAMS, TABLES
from recording.whole import check_rows

STREAM_NAMES = frozenset(table.name for table in STREAMS)


class Source(Protocol):
    """Rows by the moment from which they may be known. Times are milliseconds since 1970."""

    start: int

    def rows(
        self, table: str, after: int, until: int, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """Rows of ``table`` with ``after < seen <= until``; streams in time order."""
        ...


def _times(column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    times: npt.NDArray[np.int64] = column.cast(pa.int64()).to_numpy()
    return times


def _in_time_order(table: pa.Table, key: str = "time") -> pa.Table:
    times = _times(table.column(key))
    if len(times) > 1 and (np.diff(times) < 0).any():
        return table.take(pa.array(np.argsort(times, kind="stable")))
    return table


class MemorySource:
    """Tables held in memory, for tests, examples and the conformance checks."""

    def __init__(self, tables: Mapping[str, pa.Table], start: int) -> None:
        self.tables = {name: tables[name].select(TABLES[name].names) for name in TABLES}
        self.start = start

    def rows(
        self, table: str, after: int, until: int, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """See :class:`Source`."""
        whole = self.tables[table]
        seen = _times(whole.column(TABLES[table].seen))
        chosen = whole.filter(pa.array((seen > after) & (seen <= until)))
        if table in STREAM_NAMES:
            chosen = _in_time_order(chosen)
        return chosen.select(list(columns)) if columns is not None else chosen


def _span(statistics: pq.Statistics | None) -> tuple[int, int]:
    """Milliseconds of the least and the greatest; all of time where they are not told."""
    if statistics is None or not statistics.has_min_max:
        return -(2**62), 2**62
    return int(statistics.min_raw), int(statistics.max_raw)


class StoredSource:
    """A recording on disk; keeps the columns read last, up to ``keep`` bytes.

    The truth lies in a folder of its own, which this class never opens.
    """

    def __init__(self, folder: Path, keep: int = 256 * 2**20) -> None:
        """Open the recording in ``folder``.

        Raises:
            RecordingError: if it is none, or tables are missing.
        """
        manifest = Manifest.read(folder)
        self.start = manifest.start
        self._folder = folder
        self._keep = keep
        self._kept: OrderedDict[tuple[Path, int, str], pa.ChunkedArray] = OrderedDict()
        self._spans: dict[Path, list[tuple[int, int]]] = {}
        self._bytes = 0
        self._files: dict[str, list[tuple[int, int, Path]]] = {}
        for name in TABLES:
            if name in STREAM_NAMES:
                paths = sorted((folder / name).glob("*.parquet"))
                try:
                    self._files[name] = [(*stem_range(p.name, self.start), p) for p in paths]
                except ValueError as fault:
                    raise RecordingError(
                        f"{folder / name}: a file does not belong there ({fault}); take it out"
                    ) from None
            else:
                self._files[name] = [(-(2**62), 2**62, folder / f"{name}.parquet")]
            gone = [p for *_, p in self._files[name] if not p.is_file()]
            if gone or not self._files[name]:
                raise RecordingError(f"{folder}: table {name} is missing; make it again")
            check_rows(folder, name, manifest.rows.get(name))

    def _column(self, path: Path, group: int, name: str) -> pa.ChunkedArray:
        key = (path, group, name)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        try:
            with pq.ParquetFile(path) as file:
                column = file.read_row_group(group, columns=[name]).column(name)
        except (OSError, pa.ArrowException, LookupError) as fault:
            raise RecordingError(f"{path}: cannot be read ({fault}); make it again") from fault
        self._kept[key] = column
        self._bytes += column.nbytes
        while self._bytes > self._keep and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= dropped.nbytes
        return column

    def _groups(self, path: Path, seen: str) -> list[tuple[int, int]]:
        """First and last moment of each row group of a file, as far as it tells them."""
        if path not in self._spans:
            try:
                with pq.ParquetFile(path) as file:
                    at = file.schema_arrow.get_field_index(seen)
                    groups = [file.metadata.row_group(g) for g in range(file.num_row_groups)]
                    self._spans[path] = [_span(group.column(at).statistics) for group in groups]
            except (OSError, pa.ArrowException, LookupError) as fault:
                raise RecordingError(f"{path}: cannot be read ({fault}); make it again") from fault
        return self._spans[path]

    def rows(
        self, table: str, after: int, until: int, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """See :class:`Source`. Of a stream only the row groups that lie in the time are read."""
        spec = TABLES[table]
        names = list(spec.names if columns is None else columns)
        needed = list(dict.fromkeys([spec.seen, *names]))
        parts = []
        for begin, end, path in self._files[table]:
            if end <= after or begin > until:
                continue
            for group, (first, last) in enumerate(self._groups(path, spec.seen)):
                if last <= after or first > until:
                    continue
                part = pa.table({n: self._column(path, group, n) for n in needed})
                seen = _times(part.column(spec.seen))
                if table in STREAM_NAMES:
                    low, high = np.searchsorted(seen, [after, until], side="right")
                    part = part.slice(low, high - low)
                else:
                    part = part.filter(pa.array((seen > after) & (seen <= until)))
                parts.append(part)
        if not parts:
            return pa.schema([spec.schema.field(n) for n in names]).empty_table()
        whole = pa.concat_tables(parts).unify_dictionaries()
        if table in STREAM_NAMES and len(parts) > 1:
            whole = _in_time_order(whole)
        return whole.select(names)
