"""Tables of a recording from what a log says; what it does not say is filled in and named.

A column of ids that was not recorded gets an id of its own for each account, so that nobody shares
anything; texts and categories are ``unknown``, numbers 0. The manifest's ``not_recorded`` names
all such columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from shamcrowd.recording.columns import NEVER_NULL
from shamcrowd.recording.imports.things import no_block
from shamcrowd.recording.schema import TABLES

UNKNOWN = "unknown"


def filled(name: str, given: Mapping[str, Any], rows: int, own: Any) -> pa.Table:
    """A table with the columns ``given``; the others are filled in.

    Args:
        name: the table.
        given: values by column, each of shape (rows,).
        rows: the number of rows.
        own: shape (rows,), an id of each row's own, for ids that were not recorded.
    """
    arrays = []
    for column in TABLES[name].columns:
        kind = column.type
        if column.name in given:
            values = given[column.name]
        elif column.null != NEVER_NULL:
            values = pa.nulls(rows, kind)
        elif kind == pa.int32() and column.meaning.endswith("carries meaning."):
            values = own
        elif column.name == "prefix":
            values = [no_block(i) for i in np.asarray(own).tolist()]
        elif pa.types.is_string(kind):
            # Detectors compare texts such as blocks: no two rows have the same.
            values = [f"{UNKNOWN}-{i}" for i in np.asarray(own).tolist()]
        elif pa.types.is_dictionary(kind):
            values = [UNKNOWN] * rows
        elif pa.types.is_boolean(kind):
            values = np.zeros(rows, bool)
        else:
            values = np.zeros(rows, np.int64)
        arrays.append(typed(values, kind))
    return pa.table(arrays, schema=TABLES[name].schema)


def typed(values: Any, kind: pa.DataType) -> pa.Array:
    """Values as an array of a column's type."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if isinstance(values, pa.Array):
        array = values
    elif isinstance(values, np.ndarray):
        array = pa.array(values)
    else:
        array = pa.array(list(values), kind.value_type if pa.types.is_dictionary(kind) else None)
    if pa.types.is_dictionary(kind) and not pa.types.is_dictionary(array.type):
        return array.cast(kind.value_type).dictionary_encode().cast(kind)
    return array.cast(kind)


def not_recorded(name: str, given: Sequence[str]) -> list[str]:
    """The columns of a table that are filled in."""
    return [column.name for column in TABLES[name].columns if column.name not in given]
