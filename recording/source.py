"""Where the rows of a view come from: a recording on disk, or tables in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from shamcrowd.recording.days import stem_range
from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.optional_tables import OPTIONAL, VISIBLE
from shamcrowd.recording.parquet import Parquet, in_time_order, times_of
from shamcrowd.recording.schema import STREAMS, TABLES
from shamcrowd.recording.units import EARLIEST, NEVER
from shamcrowd.recording.whole import files_of, verify

STREAM_NAMES = frozenset(table.name for table in STREAMS)


class Source(Protocol):
    """Rows by the moment from which they are visible. Times are milliseconds since 1970."""

    start: int

    def rows(
        self, table: str, after: int, until: int, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """Return rows of ``table`` with ``after < seen <= until``; streams in time order."""
        ...


class MemorySource:
    """Tables in memory, for tests, examples and the conformance checks."""

    def __init__(self, tables: Mapping[str, pa.Table], start: int) -> None:
        self.tables = {name: tables[name].select(TABLES[name].names) for name in TABLES}
        for name, spec in OPTIONAL.items():
            whole = tables[name] if name in tables else spec.schema.empty_table()
            self.tables[name] = whole.select(spec.names)
        self.start = start

    def rows(
        self, table: str, after: int, until: int, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """See :class:`Source`."""
        whole = self.tables[table]
        seen = times_of(whole.column(VISIBLE[table].seen))
        chosen = whole.filter(pa.array((seen > after) & (seen <= until)))
        if table in STREAM_NAMES:
            chosen = in_time_order(chosen)
        return chosen.select(list(columns)) if columns is not None else chosen


class StoredSource:
    """A recording on disk, with a cache of the columns read last.

    The truth is in a folder of its own, which this class never opens.
    """

    def __init__(self, folder: Path, keep: int = 256 * 2**20, *, partial: bool = False) -> None:
        """Open the recording in ``folder``.

        Args:
            folder: the recording.
            keep: size of the cache in bytes.
            partial: accept a recording whose simulation ended early.

        Raises:
            RecordingError: if it is not a recording, or a table is not as it was written.
        """
        manifest = Manifest.read(folder, partial=partial)
        self.start = manifest.start
        self._folder = folder
        self._parquet = Parquet(keep)
        self._files: dict[str, list[tuple[int, int, Path]]] = {}
        there = [*TABLES, *(name for name in OPTIONAL if files_of(manifest, name))]
        verify(folder, manifest, there)
        for name in VISIBLE:
            paths = [folder / file for file in files_of(manifest, name)]
            if name not in STREAM_NAMES:
                self._files[name] = [(EARLIEST, NEVER, path) for path in paths]
                continue
            try:
                self._files[name] = [(*stem_range(p.name, self.start), p) for p in paths]
            except ValueError as fault:
                raise RecordingError(
                    folder / name, f"holds a foreign file ({fault})", "move it away"
                ) from None

    def rows(
        self, table: str, after: int, until: int, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """See :class:`Source`. Of a stream only row groups that overlap the interval are read."""
        spec = VISIBLE[table]
        names = list(spec.names if columns is None else columns)
        needed = list(dict.fromkeys([spec.seen, *names]))
        stream, parts = table in STREAM_NAMES, []
        for begin, end, path in self._files[table]:
            if end <= after or begin > until:
                continue
            parts += self._parquet.parts(path, spec, after, until, needed, stream)
        if not parts:
            return pa.schema([spec.schema.field(n) for n in names]).empty_table()
        whole = pa.concat_tables(parts).unify_dictionaries()
        if stream and len(parts) > 1:
            whole = in_time_order(whole)
        return whole.select(names)
