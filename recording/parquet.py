"""Columns of Parquet files, read by row group and cached."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import numpy as np
import pyarrow as pa

from shamcrowd.recording.columns import Table
from shamcrowd.recording.table_file import read_table, row_groups
from shamcrowd.recording.units import EARLIEST, NEVER, Millis


def times_of(column: pa.ChunkedArray) -> Millis:
    """Return the moments of a column, ms since 1970."""
    times: Millis = column.cast(pa.int64()).to_numpy()
    return times


def in_time_order(table: pa.Table, key: str = "time") -> pa.Table:
    """Sort a table by time; rows of one moment keep their order."""
    times = times_of(table.column(key))
    if len(times) > 1 and (np.diff(times) < 0).any():
        return table.take(pa.array(np.argsort(times, kind="stable")))
    return table


def between(table: pa.Table, seen: str, after: int, until: int, ordered: bool) -> pa.Table:
    """Return rows with ``after < seen <= until``; ``ordered`` if they are sorted by ``seen``."""
    times = times_of(table.column(seen))
    if ordered:
        low, high = np.searchsorted(times, [after, until], side="right")
        return table.slice(low, high - low)
    return table.filter(pa.array((times > after) & (times <= until)))


class Parquet:
    """Reads columns of Parquet files; caches those read last, up to ``keep`` bytes."""

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._kept: OrderedDict[tuple[Path, int, str], pa.ChunkedArray] = OrderedDict()
        self._spans: dict[Path, list[tuple[int, int]]] = {}
        self._bytes = 0

    def parts(
        self, path: Path, table: Table, after: int, until: int, columns: list[str], ordered: bool
    ) -> list[pa.Table]:
        """Return rows with ``after < seen <= until`` of a file, one table per row group.

        Args:
            path: the file.
            table: the table that the file is of.
            after: exclusive lower bound, ms since 1970.
            until: inclusive upper bound, ms.
            columns: columns to read, the table's ``seen`` among them.
            ordered: rows are sorted by the moment from which they are visible.

        Raises:
            UnreadableError: if the file cannot be read, or is of another table.
        """
        found = []
        for group, (first, last) in enumerate(self._groups(path, table.seen)):
            if last <= after or first > until:
                continue
            part = pa.table(self._columns(path, table, group, columns))
            found.append(between(part, table.seen, after, until, ordered))
        return found

    def _columns(
        self, path: Path, table: Table, group: int, names: list[str]
    ) -> dict[str, pa.ChunkedArray]:
        """Return columns of a row group; those that are not kept are read in one go."""
        found = {}
        for name in names:
            key = (path, group, name)
            if key in self._kept:
                self._kept.move_to_end(key)
                found[name] = self._kept[key]
        lacking = [name for name in dict.fromkeys(names) if name not in found]
        if lacking:
            read = read_table(path, table.schema, lacking, group=group)
            for name in lacking:
                found[name] = self._kept[path, group, name] = read.column(name)
                self._bytes += found[name].nbytes
            while self._bytes > self._keep and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._bytes -= dropped.nbytes
        return {name: found[name] for name in names}

    def _groups(self, path: Path, seen: str) -> list[tuple[int, int]]:
        """Return first and last moment of each row group of a file; all of time if unknown."""
        if path not in self._spans:
            self._spans[path] = [
                (EARLIEST if group.low is None else group.low,
                 NEVER if group.high is None else group.high)
                for group in row_groups(path, seen)
            ]  # fmt: skip
        return self._spans[path]
