"""How a CSV file is written: what separates its fields, and what its columns are called.

R, Excel and data bases write semicolons or tabs, a byte-order mark, a first column without a name,
or (R's ``write.table``) a header that has one name less than the rows have fields.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from shamcrowd.recording.imports.files import LogFileError, first_bytes

DELIMITERS = ",;\t|"
ROW_NAMES = "row names"
_LOOKED_AT = 50
"""Records that are looked at."""


@dataclass(frozen=True)
class CsvShape:
    """How a CSV file is written.

    Attributes:
        delimiter: what separates fields.
        names: the names of its columns, no two alike.
        rows: its first records, each as wide as `names`, for a look at them.
    """

    delimiter: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def csv_shape(path: Path) -> CsvShape:
    """Look at the beginning of a CSV file.

    Raises:
        LogFileError: if it cannot be unpacked, is empty, or is no CSV.
    """
    head = first_bytes(path)
    text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    if not first.strip():
        raise LogFileError(f"{path}, line 1: is empty; the first line must name the columns")
    try:
        delimiter = max(DELIMITERS, key=lambda mark: len(_fields(first, mark)))
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        records = [record for record in islice(reader, _LOOKED_AT) if record]
    except csv.Error as fault:
        raise LogFileError(f"{path}: is no CSV: {fault}") from None
    names, rows = records[0], records[1:]
    if rows and len(rows[0]) == len(names) + 1:
        names = [ROW_NAMES, *names]
    wide = tuple(tuple(row) for row in rows if len(row) == len(names))
    return CsvShape(delimiter, _told_apart(names), wide)


def _fields(line: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter), [])


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Names, no two alike and none empty; DuckDB does not tell capitals from small letters.

    >>> _told_apart(["", "user", "User"])
    ('column 1', 'user', 'User (3)')
    """
    given: dict[str, str] = {}
    for number, name in enumerate(names, 1):
        plain = name.strip() or f"column {number}"
        if plain.lower() in given:
            plain = f"{plain} ({number})"
        given[plain.lower()] = plain
    return tuple(given.values())
