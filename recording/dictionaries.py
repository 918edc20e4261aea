"""Columns of categories that name only what their own rows hold.

A recording's file keeps one list of names for all of its rows, later ones too: that a model is
released tomorrow could be read from the categories of today's rows.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa


def only_used(table: pa.Table) -> pa.Table:
    """Return a table whose dictionaries hold the values of its rows and no others, in their order.

    >>> names = pa.DictionaryArray.from_arrays([2, 0], ["a", "b", "c"])
    >>> only_used(pa.table({"kind": names})).column("kind").chunk(0).dictionary.to_pylist()
    ['a', 'c']
    """
    for number, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            column = table.column(number)
            if column.num_chunks > 1:
                column = column.unify_dictionaries()
            table = table.set_column(number, field, _shortened(column, field.type))
    return table


def _shortened(column: pa.ChunkedArray, kind: pa.DictionaryType) -> pa.ChunkedArray:
    if not column.num_chunks:
        return column
    names = column.chunk(0).dictionary
    used = np.zeros(len(names), np.bool_)
    for chunk in column.chunks:
        used[chunk.indices.drop_null().to_numpy()] = True
    if used.all():
        return column
    place = pa.array(np.cumsum(used) - 1, kind.index_type)
    names = names.filter(pa.array(used))
    chunks = [
        pa.DictionaryArray.from_arrays(place.take(chunk.indices), names, ordered=kind.ordered)
        for chunk in column.chunks
    ]
    return pa.chunked_array(chunks, kind)
