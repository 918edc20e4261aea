"""Reads the answer of a program that wrote it as CSV, in the ways that R, Excel and others do."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.imports.csv_shape import csv_shape
from shamcrowd.recording.imports.relations import EMPTY

_WHOLE = ("account", "cluster")


def read_answer(path: Path, program: str) -> pa.Table:
    """Read a CSV file with the columns of findings.

    Fields may be separated by commas, semicolons (with decimal commas), tabs or bars; there may be
    a byte-order mark and a first column without a name; whole numbers may be written ``1e+05`` or
    ``7.0``, no value as ``NA``.

    Args:
        path: the file.
        program: what wrote it, for messages.

    Raises:
        DetectorError: if a whole number is none, with its line.
        LogFileError: if the file is empty or no text.
        ArrowException: if it is no CSV.
    """
    shape = csv_shape(path)
    unnamed = {"column 1", "row names"} & {shape.names[0]}
    table = pa.csv.read_csv(
        path,
        read_options=pa.csv.ReadOptions(column_names=shape.names, skip_rows=1),
        parse_options=pa.csv.ParseOptions(delimiter=shape.delimiter, newlines_in_values=True),
        convert_options=pa.csv.ConvertOptions(
            column_types=dict.fromkeys(shape.names, pa.string()), null_values=list(EMPTY),
            strings_can_be_null=True,
        ),
    ).drop_columns(list(unnamed))  # fmt: skip
    for at, name in enumerate(table.column_names):
        column = table[name].combine_chunks()
        if name in _WHOLE:
            table = table.set_column(at, name, _whole(column, name, path.name, program))
        elif name == "score":
            table = table.set_column(at, name, _scores(column, shape.delimiter, path, program))
    return table


def _whole(column: pa.Array, name: str, file: str, program: str) -> pa.Array:
    plain = pc.match_substring_regex(column, r"^-?[0-9]{1,18}$")
    if pc.all(plain.fill_null(True)).as_py() is not False:
        return column.cast(pa.int64())
    found = []
    for line, cell in enumerate(column.to_pylist(), start=2):
        try:
            number = Decimal(cell) if cell is not None else None
            if number is not None and (number != number.to_integral_value() or abs(number) > 2**62):
                raise InvalidOperation
        except InvalidOperation:
            raise DetectorError(
                f"{file} of {program}, line {line}: {name} is {cell!r}, not a whole number"
            ) from None
        found.append(None if number is None else int(number))
    return pa.array(found, pa.int64())


def _scores(column: pa.Array, delimiter: str, path: Path, program: str) -> pa.Array:
    if delimiter == ";":
        column = pc.replace_substring(column, ",", ".")
    try:
        return column.cast(pa.float64())
    except pa.ArrowException as fault:
        raise DetectorError(f"{path.name} of {program} cannot be read: score: {fault}") from None
