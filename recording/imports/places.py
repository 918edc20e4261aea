"""Where in a log the first rows are that cannot be used: file, line and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.recording.counting import counted
from shamcrowd.recording.imports.files import line_of
from shamcrowd.recording.imports.mapping import Mapping, Reader
from shamcrowd.recording.imports.query import wrong_columns
from shamcrowd.recording.imports.rows import FILE

NAMED_MOST = 5
"""Rows that are named; the others are counted."""
Bools = npt.NDArray[np.bool_]


class RowPlaces:
    """Collects the first rows that cannot be used.

    Attributes:
        first: a sentence each.
        wrong: columns of requests in which a value may be no number, in the order of their bits.
    """

    def __init__(self, mapping: Mapping) -> None:
        self.first: list[str] = []
        self.wrong = wrong_columns(mapping)
        self._fields = {
            name: " or ".join(value.field or ()) for name, value in mapping.requests.items()
        }
        self._reordered = mapping.pieces is not None
        self._nested = mapping.records is not None
        self._kind: Reader = "jsonl"
        self._paths: Sequence[Path] = ()
        self._file, self._row = "", 0

    def begin(self, kind: Reader, paths: Sequence[Path]) -> None:
        """Say which files the next rows are from."""
        self._kind, self._paths = kind, paths
        self._file, self._row = str(paths[0]), 0

    @property
    def named(self) -> str:
        """The files that are being read."""
        more = len(self._paths) - 1
        return f"{self._paths[0]} and {counted(more, 'more file')}" if more else str(self._paths[0])

    @property
    def open(self) -> int:
        """How many more rows are to be named."""
        return NAMED_MOST - len(self.first)

    def note(
        self, rows: pa.Table, blank: Bools, untimed: Bools, unowned: Bools,
        wrong: npt.NDArray[np.int64],
    ) -> None:  # fmt: skip
        """Take in a batch of rows, in the order of the log."""
        starts = self._starts(rows)
        bad = np.flatnonzero(blank | untimed | unowned | (wrong > 0))[: max(self.open, 0)]
        for row in bad.tolist():
            file, number = self._place(row, starts)
            where, cut_off, line = self._at(file, number)
            if blank[row] and cut_off:
                why = "ends in the middle; import again when the file is whole"
            elif blank[row]:
                why = _fault_of(line)
            elif untimed[row]:
                why = f"no time that can be read in {self._fields['time']}"
            elif unowned[row]:
                why = f"no account in {self._fields['account']}"
            else:
                names = [n for i, n in enumerate(self.wrong) if int(wrong[row]) >> i & 1]
                columns = ", ".join(f"{n} ({self._fields[n]})" for n in names)
                why = f"no number of 0 or more in {columns}; taken for 0"
            self.first.append(f"{where}: {why}")
        self._file, self._row = self._place(rows.num_rows, starts)
        self._row -= 1

    def find(self, rows: pa.Table, wanted: Bools) -> str | None:
        """Take in a batch of rows; where the first of those that are wanted is, if there is one."""
        starts = self._starts(rows)
        found = None
        if wanted.any():
            found = self._at(*self._place(int(np.flatnonzero(wanted)[0]), starts))[0]
        self._file, self._row = self._place(rows.num_rows, starts)
        self._row -= 1
        return found

    def add(self, line: int, why: str) -> None:
        """Name a line of the file that is being read."""
        self.first.append(f"{self._paths[0]}, line {line}: {why}")

    def _starts(self, rows: pa.Table) -> list[tuple[int, str]]:
        """Where in a batch another file begins than that of the rows before, and which."""
        if FILE not in rows.column_names or not rows.num_rows:
            return []
        runs = pc.run_end_encode(rows[FILE].combine_chunks())
        begins = [0, *runs.run_ends.to_pylist()[:-1]]
        starts = list(zip(begins, runs.values.to_pylist(), strict=True))
        return starts[1:] if starts[0][1] == self._file else starts

    def _place(self, row: int, starts: list[tuple[int, str]]) -> tuple[str, int]:
        """File of a row of the batch, and its number in it, from 1."""
        for begin, file in reversed(starts):
            if begin <= row:
                return file, row - begin + 1
        return self._file, self._row + row + 1

    def _at(self, file: str, number: int) -> tuple[str, bool, bytes | None]:
        """Where a row is, for people; whether its line ends in the middle; the line, if any."""
        if self._reordered:
            return (file if len(self._paths) == 1 else self.named), False, None
        if self._kind == "jsonl" and not self._nested:
            line, cut_off, text = line_of(Path(file), number)
            return f"{file}, line {line}", cut_off, text
        return f"{file}, row {number}", False, None


def _fault_of(line: bytes | None) -> str:
    """Why a line of JSON cannot be used."""
    if line is None:
        return "not a row of this format"
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return "no text in UTF-8"
    if text.startswith("\ufeff"):
        return "begins with a byte-order mark, which hides it; save the file as UTF-8 without one"
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return "no JSON"
    return "not a row of this format"
