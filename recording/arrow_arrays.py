"""Arrow arrays from numpy ones and back, by their memory.

`pyarrow.array` and the casts of Arrow load pandas and Arrow's functions when they are first used,
which takes longer than a small world does. What is here loads nothing, and copies nothing where the
values have the array's type already.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_APART = "\0"
_NUMBERS = {
    pa.int8(): np.int8, pa.int16(): np.int16, pa.int32(): np.int32, pa.int64(): np.int64,
    pa.uint8(): np.uint8, pa.uint16(): np.uint16, pa.uint32(): np.uint32, pa.uint64(): np.uint64,
    pa.float32(): np.float32, pa.float64(): np.float64,
}  # fmt: skip


def _number(kind: pa.DataType) -> Any:
    """The type of numbers that an Arrow type is stored as."""
    return np.int64 if pa.types.is_timestamp(kind) else _NUMBERS[kind]


def array(
    values: npt.ArrayLike, kind: pa.DataType, missing: npt.NDArray[np.bool_] | None = None
) -> pa.Array:
    """Return numbers, moments, truth values or texts as an Arrow array.

    Args:
        values: shape (n,); moments as integers of the type's unit.
        kind: type of the array.
        missing: shape (n,), which values are null; None: none. No text is.

    Raises:
        OverflowError: if an integer does not fit the type.

    >>> array([1, 2], pa.int8(), np.array([False, True])).to_pylist()
    [1, None]
    """
    if pa.types.is_string(kind):
        return texts(values)
    given = np.asarray(values)
    if pa.types.is_boolean(kind):
        data = _bits(given.astype(np.bool_, copy=False))
    else:
        data = np.ascontiguousarray(given, _number(kind))
        whole = data.dtype.kind in "iu" and given.dtype.kind in "iu"
        if whole and not np.can_cast(given.dtype, data.dtype) and (data != given).any():
            raise OverflowError(f"some of {len(given):,} integers do not fit {kind}")
    nulls = 0 if missing is None else int(np.count_nonzero(missing))
    known = None if missing is None or not nulls else pa.py_buffer(_bits(~missing))
    return pa.Array.from_buffers(kind, len(given), [known, pa.py_buffer(data)], nulls)


def texts(values: Any) -> pa.Array:
    """Return texts, none of them missing, as an Arrow array of strings.

    Raises:
        ValueError: if a text holds the character NUL, which separates them here.

    >>> texts(["a", "", "é"]).to_pylist()
    ['a', '', 'é']
    """
    given: list[str] = values.tolist() if isinstance(values, np.ndarray) else list(values)
    together = np.frombuffer((_APART.join(given) + _APART).encode(), np.uint8)
    ends = np.flatnonzero(together == 0) if given else np.empty(0, np.int64)
    if len(ends) != len(given):
        raise ValueError("a text holds the character NUL")
    offsets = np.zeros(len(given) + 1, np.int32)
    offsets[1:] = ends - np.arange(len(given))
    data = together[together != 0]
    return pa.StringArray.from_buffers(len(given), pa.py_buffer(offsets), pa.py_buffer(data))


def empty_table(schema: pa.Schema) -> pa.Table:
    """Return a table without rows."""
    return pa.Table.from_arrays([_empty(kind) for kind in schema.types], schema=schema)


def _empty(kind: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(kind):
        return pa.DictionaryArray.from_arrays(_empty(kind.index_type), _empty(kind.value_type))
    return array([], kind)


def numbers(held: pa.Array) -> npt.NDArray[Any]:
    """Return the values of an Arrow array of numbers, moments or truth values; null ones as 0.

    >>> numbers(array([5, 7], pa.int32(), np.array([True, False]))).tolist()
    [0, 7]
    """
    if not len(held):
        boolean = pa.types.is_boolean(held.type)
        return np.empty(0, np.bool_ if boolean else _number(held.type))
    part = slice(held.offset, held.offset + len(held))
    data = held.buffers()[1]
    if pa.types.is_boolean(held.type):
        values: npt.NDArray[Any] = _from_bits(data, part)
    else:
        values = np.frombuffer(data, _number(held.type))[part]
    return np.where(is_missing(held), values.dtype.type(0), values) if held.null_count else values


def is_missing(held: pa.Array) -> npt.NDArray[np.bool_]:
    """Return which values of an Arrow array are null, shape (n,).

    >>> is_missing(array([5, 7], pa.int32(), np.array([True, False]))).tolist()
    [True, False]
    """
    known = held.buffers()[0]
    if known is None or not held.null_count:
        return np.zeros(len(held), np.bool_)
    return ~_from_bits(known, slice(held.offset, held.offset + len(held)))


def text_bytes(held: pa.Array) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """Return the lengths of an array of strings, and their bytes together; null ones are empty.

    >>> lengths, together = text_bytes(texts(["a", "", "bc"]).slice(1))
    >>> lengths.tolist(), together.tobytes()
    ([0, 2], b'bc')
    """
    if not len(held):
        return np.empty(0, np.int32), np.empty(0, np.uint8)
    _, ends, data = held.buffers()
    offsets = np.frombuffer(ends, np.int32)[held.offset : held.offset + len(held) + 1]
    whole = np.empty(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)
    together = whole[offsets[0] : offsets[-1]]
    lengths = np.diff(offsets)
    if held.null_count:
        kept = ~is_missing(held)
        together = together[np.repeat(kept, lengths)]
        lengths = lengths * kept
    return lengths.astype(np.int32, copy=False), together


def _bits(values: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
    return np.packbits(values, bitorder="little")


def _from_bits(data: pa.Buffer, part: slice) -> npt.NDArray[np.bool_]:
    bits = np.unpackbits(np.frombuffer(data, np.uint8), count=part.stop, bitorder="little")
    return bits[part].view(np.bool_)
