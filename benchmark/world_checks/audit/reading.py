"""Reads a recording for the audit: one column of one table at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.benchmark.world_checks.audit.kinds import ColumnKind, kind_of
from shamcrowd.benchmark.world_checks.audit.probe import Floats, Ints, Probe
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.table_file import count_rows, read_table
from shamcrowd.recording.whole import files_of, verify

FEW_VALUES = 40
"""Number of values of a column, the most common ones, that are probed one by one."""
MOST_LEVELS = 400
"""Number of levels of a category, the most common ones; the others are one level together."""


@dataclass(frozen=True)
class ColumnValues:
    """The values of one column, in the order of rows.

    ``numbers`` are ms for times, NaN where missing, empty for words; ``codes`` number the
    different values, -1 where missing; ``words`` names the codes of categories and texts; ``bits``
    are the hashes themselves.
    """

    kind: ColumnKind
    codes: Ints
    numbers: Floats
    words: pa.Array | None = None
    bits: npt.NDArray[np.uint64] | None = None

    @cached_property
    def many(self) -> int:
        """How many different values there are."""
        return int(self.codes.max(initial=-1)) + 1

    def said(self, code: int) -> str:
        """A value as it stands in the table."""
        if self.words is not None:
            return str(self.words[code].as_py())
        row = int(np.argmax(self.codes == code))
        if self.bits is not None:
            return f"{int(self.bits[row]):016x}"
        number = float(self.numbers[row])
        return str(int(number)) if number.is_integer() else f"{number:g}"

    def take(self, order: Ints) -> ColumnValues:
        """The cells of some rows; a place of -1 gives a missing value."""
        gone = order < 0
        if len(self.codes) == 0:
            codes, numbers = np.full(len(order), -1), np.full(len(order), np.nan)
            return ColumnValues(self.kind, codes, numbers if self.bits is None else self.numbers,
                         self.words)  # fmt: skip
        codes = np.where(gone, -1, self.codes[order])
        numbers = np.where(gone, np.nan, self.numbers[order]) if len(self.numbers) else self.numbers
        bits = self.bits[order] if self.bits is not None else None
        return ColumnValues(self.kind, codes, numbers, self.words, bits)


def cells(column: pa.ChunkedArray, kind: ColumnKind) -> ColumnValues:
    """A column as numbers and codes."""
    nothing = np.empty(0)
    if kind in (ColumnKind.CATEGORY, ColumnKind.TEXT):
        whole = column.combine_chunks()
        if isinstance(whole, pa.ChunkedArray):
            whole = pa.concat_arrays(whole.unify_dictionaries().chunks or [whole.type.wrap_array])
        coded = whole if pa.types.is_dictionary(whole.type) else whole.dictionary_encode()
        codes = pc.fill_null(coded.indices.cast(pa.int64()), -1).to_numpy(zero_copy_only=False)
        return ColumnValues(kind, codes.astype(np.int64), nothing, coded.dictionary)
    if kind is ColumnKind.HASH:
        bits = column.to_numpy()
        return ColumnValues(kind, pd.factorize(bits)[0].astype(np.int64), nothing, bits=bits)
    if kind is ColumnKind.TIME:
        column = column.cast(pa.int64())
    numbers = np.asarray(column.cast(pa.float64(), safe=False).to_numpy(), np.float64)
    return ColumnValues(kind, pd.factorize(numbers)[0].astype(np.int64), numbers)


def commonest(accounts: Ints) -> list[int]:
    """Codes of the values that most accounts have, of those that more than one has.

    ``accounts`` counts the accounts of each code.

    >>> commonest(np.array([5, 1, 9]))
    [0, 2]
    """
    order = np.argsort(-accounts, kind="stable")[:FEW_VALUES]
    return sorted(int(code) for code in order if accounts[code] > 1)


def level_probe(table: str, column: str, aggregate: str, found: ColumnValues, codes: Ints) -> Probe:
    """A category as one probe with levels; ``codes`` are the accounts' levels, -1 for none."""
    count = np.bincount(codes[codes >= 0], minlength=1)
    order = np.argsort(-count, kind="stable")[:MOST_LEVELS]
    kept = np.sort(order[count[order] > 1])
    place = np.full(len(count) + 1, float(len(kept)))
    place[kept], place[-1] = np.arange(len(kept)), np.nan
    names = (*(found.said(int(code)) for code in kept), "any other")
    return Probe(table, column, aggregate, "value", place[codes], levels=names)


class RecordingTables:
    """The tables of one recording on disk. Nothing is kept between two questions."""

    def __init__(self, folder: Path) -> None:
        """Open the recording in ``folder``.

        Raises:
            RecordingError: if it is none, or not as it was written.
        """
        self.folder = folder
        self.manifest = Manifest.read(folder)
        verify(folder, self.manifest, TABLES)

    def files(self, table: str) -> list[Path]:
        """The files of a table, in the order of their names."""
        return [self.folder / name for name in files_of(self.manifest, table)]

    def shards(self, table: str) -> Ints:
        """For each row of a stream the number that its file's name ends in."""
        paths = self.files(table)
        numbers = [int(path.stem.rpartition("-")[2]) for path in paths]
        rows = [count_rows(path) for path in paths]
        return np.repeat(np.array(numbers, np.int64), rows)

    def arrow(self, table: str, column: str) -> pa.ChunkedArray:
        """One column of all files of a table, in the order of files and rows."""
        paths = self.files(table)
        schema = TABLES[table].schema
        if not paths:
            return pa.chunked_array([], schema.field(column).type)
        read = pa.concat_tables([read_table(path, schema, [column]) for path in paths])
        return read.unify_dictionaries().column(0)

    def column(self, table: str, column: str) -> ColumnValues:
        """One column as cells."""
        spec = next(c for c in TABLES[table].columns if c.name == column)
        return cells(self.arrow(table, column), kind_of(spec))

    def plain(self, table: str, column: str) -> npt.NDArray[Any]:
        """One column of whole numbers or times as 64-bit integers (-1 where missing)."""
        values = pc.fill_null(self.arrow(table, column).cast(pa.int64()), -1)
        return np.asarray(values.to_numpy(), np.int64)


def places(ids: Ints, wanted: Ints) -> Ints:
    """Row of each wanted id, -1 where it is not among ``ids``."""
    if not len(ids):
        return np.full(len(wanted), -1)
    order = np.argsort(ids, kind="stable")
    at = np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)
    found = order[at]
    return np.where(ids[found] == wanted, found, -1)
