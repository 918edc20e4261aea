"""What a table and a column of a recording are described by, and the types that columns have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

TIME = pa.timestamp("ms", tz="UTC")
ID = pa.int32()
CATEGORY = pa.dictionary(pa.int8(), pa.string())
"""A column with few distinct values, at most 127."""
NAME = pa.dictionary(pa.int16(), pa.string())
"""A column with names that a scenario gives, at most 32,767."""
TEXT = pa.string()

NEVER_NULL = "never null"
"""What `Column.null` says of a column without missing values."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: name in the Parquet files.
        type: Arrow type.
        meaning: what a value says.
        unit: unit of the values; "" if they have none.
        null: what a missing value means; `NEVER_NULL` if there are none.
    """

    name: str
    type: pa.DataType
    meaning: str
    unit: str = ""
    null: str = NEVER_NULL

    @property
    def field(self) -> pa.Field:
        """The column as an Arrow field."""
        return pa.field(self.name, self.type, nullable=self.null != NEVER_NULL)


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        name: name of the table, and of its file or folder in a recording.
        meaning: what a row is.
        seen: the column with the moment from which a detector can see a row.
        columns: the columns, in order.
    """

    name: str
    meaning: str
    seen: str
    columns: tuple[Column, ...]

    @cached_property
    def schema(self) -> pa.Schema:
        """The table as an Arrow schema."""
        return pa.schema([column.field for column in self.columns])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def id_column(name: str, meaning: str, null: str = NEVER_NULL) -> Column:
    """Make a column of opaque ids."""
    return Column(name, ID, f"{meaning} Opaque: neither value nor order carries meaning.", "", null)
