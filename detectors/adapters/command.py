"""Makes a detector of a program in any language, which reads and writes files."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from os import PathLike, fspath
from os.path import isfile
from pathlib import Path
from typing import IO, Any, Literal

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from shamcrowd.detectors.adapters.answers import findings_of
from shamcrowd.detectors.adapters.csv_answer import read_answer
from shamcrowd.detectors.base import Findings
from shamcrowd.recording.columns import TIME
from shamcrowd.recording.errors import (
    DetectorError,
    MissingExtraError,
    UnreadableError,
    UsageError,
)
from shamcrowd.recording.imports.files import LogFileError
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView

Form = Literal["parquet", "csv"]
MAX_ERROR_CHARACTERS = 2000
"""Last characters of a failed program's output that the error message quotes."""


class CommandDetector:
    """Runs a program at every review, in a new folder with the tables it asked for.

    The folder holds one file per table, named after the table, and ``arguments.json`` with
    ``now``, ``since`` (null at the first review) and ``start`` in milliseconds since 1970 UTC,
    ``tables`` (file name by table) and ``findings``, the name of the file to write. That file has
    columns account and score, and optionally cluster and reason. Accounts left out get score 0.

    With ``incremental`` the files hold only rows since the previous review, and a file ``state``
    that the program writes is in the folder again at the next review.

    Parquet files have the columns of docs/recording-format.md. CSV files (RFC 4180, with a header)
    have times as milliseconds since 1970, text in double quotes and empty fields for null.
    """

    def __init__(
        self, argv: Sequence[str], tables: Mapping[str, Sequence[str]], form: Form,
        incremental: bool,
    ) -> None:  # fmt: skip
        for table, columns in tables.items():
            unknown = set(columns) - set(TABLES[table].names) if table in TABLES else {table}
            if unknown:
                raise UsageError(
                    f"{argv[0]}: no {', '.join(sorted(unknown))} in "
                    f"{f'table {table}' if table in TABLES else 'the recording'}; see "
                    "docs/recording-format.md"
                )
        self._argv = list(argv)
        self._tables = {name: list(columns) for name, columns in tables.items()}
        self._form = form
        self._incremental = incremental
        self._state: bytes | None = None

    def review(self, log: LogView) -> Findings:
        """Return the program's scores.

        Raises:
            DetectorError: if the program fails or writes no valid findings.
            MissingExtraError: if the program is not installed.
        """
        known = log.accounts(["account"])["account"].to_numpy()
        with tempfile.TemporaryDirectory(prefix="shamcrowd-") as name:
            folder = Path(name)
            self._write(log, folder)
            self._run(folder)
            answer = self._read(folder / f"findings.{self._form}")
            state = folder / "state"
            if self._incremental and state.is_file():
                self._state = state.read_bytes()
        return findings_of(answer, known, 0.0)

    def _write(self, log: LogView, folder: Path) -> None:
        rows = log.new if self._incremental else log
        for table, columns in self._tables.items():
            held, path = rows.arrow(table, columns), folder / f"{table}.{self._form}"
            if self._form == "parquet":
                pq.write_table(held, path)
            else:
                pc.write_csv(_plain(held), path)
        arguments = {
            "now": log.now,
            "since": None if log.since == EARLIEST else log.since,
            "start": log.start,
            "tables": {table: f"{table}.{self._form}" for table in self._tables},
            "findings": f"findings.{self._form}",
        }
        (folder / "arguments.json").write_text(json.dumps(arguments, indent=1) + "\n", "utf-8")
        if self._state is not None:
            (folder / "state").write_bytes(self._state)

    def _run(self, folder: Path) -> None:
        # Into a file: a pipe would be read for as long as anything that it started holds it.
        with tempfile.TemporaryFile() as printed:
            code = self._ended(folder, printed)
            if code:
                printed.seek(max(printed.seek(0, os.SEEK_END) - 4 * MAX_ERROR_CHARACTERS, 0))
                output = printed.read().decode("utf-8", "replace").strip()
                raise DetectorError(
                    f"{self._argv[0]} ended with code {code}: "
                    f"{output[-MAX_ERROR_CHARACTERS:] or 'it printed nothing'}"
                )

    def _ended(self, folder: Path, printed: IO[bytes]) -> int:
        """Run the program; gives its exit code."""
        try:
            return subprocess.run(
                self._argv, cwd=folder, stdin=subprocess.DEVNULL, stdout=printed,
                stderr=subprocess.STDOUT, check=False,
            ).returncode  # fmt: skip
        except (FileNotFoundError, PermissionError) as fault:
            raise MissingExtraError(
                f"needs the program {self._argv[0]!r}, which cannot be run on this machine "
                f"({fault.strerror}); install it, or name its path"
            ) from None

    def _read(self, path: Path) -> pa.Table:
        if not path.is_file():
            raise DetectorError(f"{self._argv[0]} ended without an error but wrote no {path.name}")
        try:
            if self._form == "parquet":
                return read_table(path, None)
            return read_answer(path, self._argv[0])
        except (OSError, UnreadableError, LogFileError, pa.ArrowException) as fault:
            raise DetectorError(f"{path.name} of {self._argv[0]} cannot be read: {fault}") from None


def _plain(table: pa.Table) -> pa.Table:
    """Convert times to milliseconds and categories to text."""
    fields = []
    for column in table.schema:
        if column.type == TIME:
            column = column.with_type(pa.int64())
        elif pa.types.is_dictionary(column.type):
            column = column.with_type(pa.string())
        fields.append(column)
    return table.cast(pa.schema(fields))


def command(
    argv: Sequence[str | PathLike[str]],
    tables: Mapping[str, Sequence[str]],
    *,
    form: Form = "parquet",
    incremental: bool = False,
) -> Callable[[], CommandDetector]:
    """Make a detector class of a program, for use on the command line as ``path.py:Mine``.

    Args:
        argv: the program and its arguments. It runs in a folder of its own, so give absolute
            paths: ``Path(__file__).with_name("mine.pl")``.
        tables: names of the columns that it reads, by table.
        form: format of the input files and of the findings.
        incremental: give only rows since the previous review, and keep a file ``state``.

    >>> Busy = command(["Rscript", "/home/me/busy.R"], {"requests": ["time", "account"]})
    >>> Busy().__class__.__name__
    'CommandDetector'
    """
    parts = [fspath(part) for part in argv]

    def make() -> Any:
        return CommandDetector(parts, tables, form, incremental)

    # A changed script is another detector: its saved findings are not reused.
    # Path.is_file raises for an argument too long for a file name, such as a whole program.
    files = tuple(Path(part) for part in parts if isfile(part))  # noqa: PTH113
    make.files = files  # type: ignore[attr-defined]
    return make
