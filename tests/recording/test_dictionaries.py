"""Dictionaries hold what the rows hold, whatever the chunks, slices and nulls."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from shamcrowd.recording.dictionaries import only_used

VALUES = st.lists(st.sampled_from(["a", "b", "c", "d", None]), max_size=12)


@given(st.lists(VALUES, max_size=3), st.integers(0, 6), st.integers(0, 20))
def test_same_rows_and_no_other_names(chunks, first, many):
    kind = pa.dictionary(pa.int16(), pa.string())
    column = pa.chunked_array([pa.array(one, pa.string()).cast(kind) for one in chunks], kind)
    whole = pa.table({"kind": column, "number": range(len(column))})
    table = whole.unify_dictionaries().slice(first, many)
    found = only_used(table)
    assert found.schema == table.schema
    assert found.to_pylist() == table.to_pylist()
    held = set(found.column("kind").to_pylist()) - {None}
    for chunk in found.column("kind").chunks:
        assert set(chunk.dictionary.to_pylist()) == held
        # Their order is that of the list of names which they are taken from.
        names = table.column("kind").chunk(0).dictionary.to_pylist()
        assert chunk.dictionary.to_pylist() == [name for name in names if name in held]
