"""Tables in Parquet files: the one way to read them.

A file is opened only if it is a regular one, and what it holds is compared with the columns that
the reader needs, of their types and without missing values where there must be none. Whatever is
wrong ends in one error, `UnreadableError`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shamcrowd.recording.counting import counted
from shamcrowd.recording.errors import UnreadableError
from shamcrowd.recording.regular_file import check_regular

MAKE_AGAIN = "make it again"
"""What to do about a damaged table of a recording."""
_FAULTS = (
    OSError, ValueError, LookupError, TypeError, OverflowError, MemoryError, NotImplementedError,
    pa.ArrowException,
)  # fmt: skip
_LONGEST = 200
"""Characters of Arrow's message that a message of ours quotes."""


@dataclass(frozen=True)
class RowGroup:
    """Where a row group's values of one column lie: ``low`` and ``high``, None if it does not say.

    ``rows`` is its number of rows.
    """

    rows: int
    low: int | None
    high: int | None


def read_table(
    path: Path,
    schema: pa.Schema | None,
    columns: Sequence[str] | None = None,
    *,
    group: int | None = None,
    mend: str = MAKE_AGAIN,
) -> pa.Table:
    """Return a Parquet file, or some of its columns.

    Args:
        path: the file.
        schema: the columns that such a file has; None: any.
        columns: names of the columns to read; None: all of ``schema``.
        group: number of the only row group to read; None: all.
        mend: what to do about a damaged file, for the message.

    Raises:
        MissingFileError: if there is no file.
        UnreadableError: if it cannot be read, lacks a column, holds one of another type, or lacks
            values that such a file does not lack.
    """
    wanted = list(columns) if columns is not None else None if schema is None else schema.names
    with _opened(path, mend) as file:
        if schema is not None and wanted is not None:
            _check_columns(path, file.schema_arrow, schema, wanted, mend)
        table = file.read(wanted) if group is None else file.read_row_group(group, wanted)
        # Values may be damaged so that only their use fails.
        table.validate()
    for column in table.schema if schema is None else map(schema.field, table.column_names):
        if not column.nullable and table.column(column.name).null_count:
            many = table.column(column.name).null_count
            raise UnreadableError(path, f"lacks {counted(many, 'value')} of {column.name}", mend)
    return table


def column_names(path: Path, *, mend: str = MAKE_AGAIN) -> list[str]:
    """Return the names of a Parquet file's columns.

    Raises:
        MissingFileError: if there is no file.
        UnreadableError: if it cannot be read.
    """
    return list(read_schema(path, mend=mend).names)


def read_schema(path: Path, *, mend: str = MAKE_AGAIN) -> pa.Schema:
    """Return the names and types of a Parquet file's columns.

    Raises:
        MissingFileError: if there is no file.
        UnreadableError: if it cannot be read.
    """
    with _opened(path, mend) as file:
        return file.schema_arrow


def count_rows(path: Path, *, mend: str = MAKE_AGAIN) -> int:
    """Return how many rows a Parquet file says that it has; only its footer is read.

    Raises:
        MissingFileError: if there is no file.
        UnreadableError: if it cannot be read.
    """
    with _opened(path, mend) as file:
        return int(file.metadata.num_rows)


def row_groups(path: Path, column: str, *, mend: str = MAKE_AGAIN) -> list[RowGroup]:
    """Return the row groups of a Parquet file, with the least and largest value of one column.

    Raises:
        MissingFileError: if there is no file.
        UnreadableError: if it cannot be read.
    """
    with _opened(path, mend) as file:
        at = file.schema_arrow.get_field_index(column)
        if at < 0:
            raise UnreadableError(path, f"has no column {column}", mend)
        found = []
        for number in range(file.num_row_groups):
            group = file.metadata.row_group(number)
            known = group.column(at).statistics
            has_bounds = known is not None and known.has_min_max
            low, high = (int(known.min_raw), int(known.max_raw)) if has_bounds else (None, None)
            found.append(RowGroup(group.num_rows, low, high))
        return found


@contextmanager
def _opened(path: Path, mend: str) -> Iterator[pq.ParquetFile]:
    """A Parquet file, in a block whose faults become one error."""
    check_regular(path, mend)
    try:
        with pq.ParquetFile(path) as file:
            yield file
    except _FAULTS as fault:
        why = " ".join(str(fault).split())[:_LONGEST]
        raise UnreadableError(path, f"no Parquet table, or damaged ({why})", mend) from fault


def _check_columns(
    path: Path, found: pa.Schema, schema: pa.Schema, wanted: Sequence[str], mend: str
) -> None:
    for name in wanted:
        places = found.get_all_field_indices(name)
        if len(places) != 1:
            what = f"has no column {name}" if not places else f"has {len(places)} columns {name}"
            raise UnreadableError(path, f"{what}; is it another table?", mend)
        if found.field(name).type != schema.field(name).type:
            what = f"{name} is {found.field(name).type}, not {schema.field(name).type}"
            raise UnreadableError(path, what, mend)
