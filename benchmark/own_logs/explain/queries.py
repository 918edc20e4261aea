"""Asks a recording: its tables as of a moment, and values with the query that gave them."""

from __future__ import annotations

import datetime as dt
import decimal
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from shamcrowd.benchmark.own_logs.explain.model import FigureTable, Head, Number, Unit, Value
from shamcrowd.recording.columns import TIME
from shamcrowd.recording.errors import MissingExtraError
from shamcrowd.recording.imports import sql
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.whole import files_of

if TYPE_CHECKING:
    from shamcrowd.recording.manifest import Manifest

MEMORY_MIB = 2048
FINDINGS = "findings.parquet"
"""The file with what detectors said, beside a dossier."""


def view_sql(manifest: Manifest, as_of: int) -> list[str]:
    """Statements that make a view of each table of a recording, with the rows up to ``as_of``.

    Moments are without a zone, in UTC. Paths are relative to the recording's folder.
    """
    made = []
    for name, table in TABLES.items():
        times = [c.name for c in table.columns if c.type == TIME]
        plain = ", ".join(f"make_timestamp_ms(epoch_ms({t})) as {t}" for t in times)
        files = files_of(manifest, name)
        where = f"{name}/*.parquet" if "/" in files[0] else files[0]
        made.append(
            f"create view {name} as select * replace ({plain}) from read_parquet('{where}') "
            f"where epoch_ms({table.seen}) <= {as_of}"
        )
    return made


class Questions:
    """A connection to a recording; a context manager.

    ``setup`` holds the statements that were run so far: run in the recording's folder,
    they lead to the same answers.
    """

    def __init__(
        self, folder: Path, *others: Path, memory_mib: int = MEMORY_MIB, setup: Sequence[str] = ()
    ) -> None:
        """Connect.

        Args:
            folder: the recording.
            others: other folders with files that statements name.
            memory_mib: memory that DuckDB may use; what does not fit is kept on disk meanwhile.
            setup: statements to run.

        Raises:
            MissingExtraError: if DuckDB is not installed.
        """
        try:
            import duckdb
        except ImportError:
            raise MissingExtraError("explain needs DuckDB: pip install 'shamcrowd[sql]'") from None
        self._aside = tempfile.TemporaryDirectory()
        self.connection = duckdb.connect(":memory:")
        self.setup: list[str] = []
        paths = ",".join(str(path.resolve()) for path in (folder, *others))
        for setting in (
            f"memory_limit='{memory_mib}MB'", f"temp_directory={sql.text(self._aside.name)}",
            "autoinstall_known_extensions=false", f"file_search_path={sql.text(paths)}",
        ):  # fmt: skip
            self.connection.execute(f"SET {setting}")
        self.prepare(setup)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.connection.close()
        self._aside.cleanup()

    def prepare(self, statements: Iterable[str]) -> None:
        """Run statements, and keep them as part of ``setup``."""
        for statement in statements:
            self.connection.execute(statement)
            self.setup.append(statement)

    def rows(self, query: str) -> tuple[tuple[Value, ...], ...]:
        """The rows of a query, as plain values."""
        found = self.connection.execute(query).fetchall()
        return tuple(tuple(_plain(value) for value in row) for row in found)

    def value(self, query: str) -> Value:
        """The first value of a query's first row; None if there is none."""
        rows = self.rows(query)
        return rows[0][0] if rows else None

    def number(self, label: str, unit: Unit, query: str, note: str = "") -> Number:
        """A value with its query."""
        return Number(label, self.value(query), unit, query, note)

    def listing(
        self, title: str, columns: Sequence[tuple[str, Unit]], query: str, note: str = "",
        named: tuple[tuple[int, str], ...] = (), folded: bool = False,
    ) -> FigureTable:  # fmt: skip
        """A table with its query."""
        made = tuple(Head(name, unit) for name, unit in columns)
        return FigureTable(title, made, self.rows(query), query, note, named, folded)


def _plain(value: Any) -> Value:
    """A value of DuckDB as JSON can hold it; moments as text, to the second."""
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float | decimal.Decimal):
        # The last digits of a sum depend on the order in which its threads finish.
        return float(f"{value:.12g}")
    if isinstance(value, int | str) or value is None:
        return value
    raise TypeError(f"a query gave a {type(value).__name__}")
