"""Arrow arrays from the memory of numpy ones: as Arrow itself makes them."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.recording.arrow_arrays import (
    array,
    empty_table,
    is_missing,
    numbers,
    text_bytes,
    texts,
)
from shamcrowd.recording.schema import TABLES

REPEATABLE = settings(derandomize=True, max_examples=60)
KINDS = (
    pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.float32(), pa.float64(), pa.bool_(),
    pa.timestamp("ms", tz="UTC"),
)  # fmt: skip


@REPEATABLE
@given(
    st.sampled_from(KINDS),
    st.lists(st.tuples(st.integers(0, 100), st.booleans()), max_size=20),
    st.integers(0, 20),
)
def test_arrays_are_those_of_arrow_and_back(kind, rows, first):
    values = np.array([value for value, _ in rows], np.int64)
    missing = np.array([gone for _, gone in rows], np.bool_)
    own = array(values, kind, missing)
    if pa.types.is_boolean(kind):
        values = values != 0
    plain = pa.array(values) if pa.types.is_boolean(kind) else pa.array(values).cast(kind)
    theirs = pa.array(plain.to_pylist(), kind, mask=missing)
    own.validate(full=True)
    assert own.equals(theirs)
    assert own.null_count == theirs.null_count
    part = own.slice(min(first, len(rows)))
    assert is_missing(part).tolist() == [value is None for value in part.to_pylist()]
    held = [0 if gone else value for value, gone in zip(values, missing, strict=True)]
    assert numbers(part).tolist() == held[min(first, len(rows)) :]


def test_numbers_of_the_right_type_are_not_copied():
    values = np.arange(5, dtype=np.int32)
    assert np.shares_memory(numbers(array(values, pa.int32())), values)


@pytest.mark.parametrize(("value", "kind"), [(128, pa.int8()), (-1, pa.uint16())])
def test_integers_must_fit(value, kind):
    with pytest.raises(OverflowError, match="some of 2 integers do not fit"):
        array(np.array([0, value]), kind)
    assert array(np.array([0, 127]), kind).to_pylist() == [0, 127]


@REPEATABLE
@given(st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8")), max_size=12))
def test_texts_are_those_of_arrow(words):
    own = texts(words)
    own.validate(full=True)
    assert own.equals(pa.array(words, pa.string()))
    assert texts(np.array(words, object)).equals(own)
    lengths, together = text_bytes(own.slice(len(words) // 2))
    encoded = [word.encode() for word in words[len(words) // 2 :]]
    assert lengths.tolist() == [len(word) for word in encoded]
    assert together.tobytes() == b"".join(encoded)


def test_a_text_with_nul_is_refused():
    with pytest.raises(ValueError, match="NUL"):
        texts(["a\0b"])


def test_bytes_of_missing_texts_do_not_count():
    data = pa.StringArray.from_buffers(
        3, pa.py_buffer(np.array([0, 1, 3, 4], np.int32)), pa.py_buffer(b"abcd"),
        pa.py_buffer(np.array([0b101], np.uint8)),
    )  # fmt: skip
    lengths, together = text_bytes(data)
    assert lengths.tolist() == [1, 0, 1]
    assert together.tobytes() == b"ad"


def test_tables_without_rows_are_those_of_arrow():
    for table in TABLES.values():
        own = empty_table(table.schema)
        own.validate(full=True)
        assert own.equals(table.schema.empty_table())
