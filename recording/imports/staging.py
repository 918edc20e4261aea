"""The first pass: every usable row of a log, with the columns of a mapping, in one Parquet file.

One pass over the log, in DuckDB and in memory that does not grow with the rows. Moments are ms
since 1970; everything else is text or a number as the log gives it. Prompts become sketches here
and are not written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shamcrowd.recording.errors import MissingExtraError
from shamcrowd.recording.imports import sql
from shamcrowd.recording.imports.files import LogFileError
from shamcrowd.recording.imports.mapping import Mapping, Reader
from shamcrowd.recording.imports.places import RowPlaces
from shamcrowd.recording.imports.query import REQUEST, columns_of, rows_query
from shamcrowd.recording.imports.relations import LONGEST_ROW
from shamcrowd.recording.imports.rows import FILE, Files, log_rows
from shamcrowd.recording.imports.sketches import sketches

if TYPE_CHECKING:
    import duckdb

ROWS = 100_000
"""Rows that are in Python's memory at once."""
_NUMBERS = {
    "time": pa.int64(), "input_tokens": pa.int32(), "output_tokens": pa.int32(),
    "cached_tokens": pa.int32(), "reasoning_tokens": pa.int32(), "first_token": pa.int32(),
    "stream": pa.bool_(),
    "duration": pa.int32(), "status": pa.int32(), "amount": pa.float64(), "prompt": pa.uint64(),
    "number": pa.uint64(),
}  # fmt: skip


_FEW = ("client", "model", "endpoint", "topic", "plan")
"""Columns whose values are few, and are written once each."""


@dataclass
class Staged:
    """What the first pass found.

    Attributes:
        requests: requests that were kept.
        events: other events that were kept.
        read: rows of the log.
        skipped: rows that the mapping says are neither.
        damaged: rows that cannot be read, or have none of the fields.
        no_time: rows without a moment that can be read.
        no_account: rows that name no account.
        twice: rows that stand in the log a second time, by the request's own name; left out.
        wrong: values that are no numbers where there must be some, by column; taken for 0.
        places: the first rows that cannot be used, and why.
        filled: share of requests that have a value, by column.
        held: columns that have a value in any row, of a request or of another event.
    """

    requests: int = 0
    events: int = 0
    read: int = 0
    skipped: int = 0
    damaged: int = 0
    no_time: int = 0
    no_account: int = 0
    twice: int = 0
    wrong: dict[str, int] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    filled: dict[str, float] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)

    @property
    def unusable(self) -> int:
        """Rows that should have been used and could not be."""
        return self.damaged + self.no_time + self.no_account + sum(self.wrong.values())


def connect(folder: Path, memory_mib: int) -> duckdb.DuckDBPyConnection:
    """A connection that keeps to ``memory_mib`` and writes what does not fit below ``folder``.

    Raises:
        MissingExtraError: if DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise MissingExtraError("import needs DuckDB: pip install 'shamcrowd[sql]'") from None
    connection = duckdb.connect(":memory:")
    for setting in (
        "TimeZone='UTC'",
        f"memory_limit='{memory_mib}MB'",
        f"temp_directory={sql.text(folder / 'spill')}",
        "autoinstall_known_extensions=false",
    ):
        connection.execute(f"SET {setting}")
    return connection


def stage(
    connection: duckdb.DuckDBPyConnection,
    mapping: Mapping,
    files: Sequence[tuple[Reader, list[Path]]],
    out: Path,
    on_rows: Callable[[int], None] = lambda rows: None,
    joined: Files = (),
) -> Staged:
    """Read a log once and write its requests and other events into the Parquet file ``out``.

    Args:
        connection: of `connect`.
        mapping: what the fields mean.
        files: files by how they are read.
        out: the file to be written.
        on_rows: given the number of rows read so far.
        joined: files of the mapping's second table.

    Raises:
        LogFileError: if a file cannot be read as what it is.
    """
    import duckdb

    found, places = Staged(), RowPlaces(mapping)
    filled: dict[str, int] = {}
    columns = columns_of(mapping)
    schema = pa.schema([(name, _NUMBERS.get(name, pa.string())) for name in ("kind", *columns)])
    few = [name for name in ("kind", *_FEW) if name in schema.names]
    with pq.ParquetWriter(
        out, schema, compression="lz4", use_dictionary=few, write_statistics=False
    ) as writer:
        for kind, paths in files:
            places.begin(kind, paths)
            try:
                rows = log_rows(connection, mapping, kind, paths, joined)
                connection.execute(f"create or replace temp view log as {rows}")
                asked = rows_query(mapping, FILE if len(paths) > 1 else "")
                for batch in connection.sql(asked).to_arrow_reader(ROWS):
                    _keep(writer, pa.table(batch), schema, found, filled, places)
                    on_rows(found.read)
                if kind == "csv":
                    _rejected(connection, found, places)
            except (duckdb.Error, pa.ArrowException, UnicodeDecodeError) as fault:
                raise LogFileError(f"{places.named}: {_said(fault, kind)}") from None
            except OSError as fault:
                # So pyarrow tells what DuckDB says while a batch is read; the system gives numbers.
                if fault.errno is not None:
                    raise
                raise LogFileError(f"{places.named}: {_said(fault, kind)}") from None
    found.places = places.first
    found.filled = {name: many / max(found.requests, 1) for name, many in sorted(filled.items())}
    return found


def place_of(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping,
    files: Sequence[tuple[Reader, list[Path]]], joined: Files, moment: int,
) -> str:  # fmt: skip
    """Where the first row with a moment (ms since 1970) is: the log is read once more."""
    for kind, paths in files:
        places = RowPlaces(mapping)
        places.begin(kind, paths)
        rows = log_rows(connection, mapping, kind, paths, joined)
        connection.execute(f"create or replace temp view log as {rows}")
        asked = rows_query(mapping, FILE if len(paths) > 1 else "")
        for batch in connection.sql(asked).to_arrow_reader(ROWS):
            table = pa.table(batch)
            there = pc.fill_null(pc.equal(table["time"], moment), False).to_numpy()
            if place := places.find(table, there):
                return place
    return "the log"


_MENDS = {
    "not a GZIP": "; it is not packed: take .gz off its name",
    "end of GZIP": "; it is cut off: import again when the file is whole",
    "unexpected end of": "; it is cut off: import again when the file is whole",
}
"""What to do about a fault, by what DuckDB says."""


def _said(fault: Exception, kind: Reader) -> str:
    """What DuckDB says, in a line, and what to do about it."""
    message = " ".join(str(fault).split())[:300]
    if "memory" in message.lower() and "out of" in message.lower():
        return f"needs more memory than --memory gives: {message}"
    if "unicode" in message.lower() or "utf-8" in message.lower() or "utf8" in message.lower():
        return f"is no text in UTF-8; save it as UTF-8 ({message})"
    if "maximum_object_size" in message:
        return f"has a row of more than {LONGEST_ROW >> 19} MiB; leave out what is that long"
    mend = next((mend for sign, mend in _MENDS.items() if sign in message), "")
    return f"cannot be read as {kind}: {message}{mend}"


def _keep(
    writer: pq.ParquetWriter, rows: pa.Table, schema: pa.Schema, found: Staged,
    filled: dict[str, int], places: RowPlaces,
) -> None:  # fmt: skip
    """Write the usable rows of a batch and count the others."""
    blank = rows["blank"].to_numpy()
    wanted = rows["kind"].is_valid().to_numpy() & ~blank
    timed = rows["time"].is_valid().to_numpy()
    owned = rows["account"].is_valid().to_numpy()
    wrong = rows["wrong"].to_numpy() * (wanted & timed & owned)
    places.note(rows, blank, wanted & ~timed, wanted & timed & ~owned, wrong)
    found.read += rows.num_rows
    found.damaged += int(blank.sum())
    found.skipped += int((~wanted & ~blank).sum())
    found.no_time += int((wanted & ~timed).sum())
    found.no_account += int((wanted & timed & ~owned).sum())
    for i, name in enumerate(places.wrong):
        if many := int((wrong & (1 << i) > 0).sum()):
            found.wrong[name] = found.wrong.get(name, 0) + many
    kept = rows.filter(pa.array(wanted & timed & owned)).select(schema.names)
    asked = pc.equal(kept["kind"], REQUEST)
    many = int(pc.sum(asked).as_py() or 0)
    for name in kept.column_names:
        there = pc.and_(asked, kept[name].is_valid())
        filled[name] = filled.get(name, 0) + int(pc.sum(there).as_py() or 0)
        if kept[name].null_count < kept.num_rows:
            found.held.add(name)
    if "prompt" in kept.column_names:
        at = kept.column_names.index("prompt")
        prompts = kept["prompt"].combine_chunks()
        made = sketches(prompts, first=found.requests + found.events)
        kept = kept.set_column(at, "prompt", pa.array(made))
    found.requests += many
    found.events += kept.num_rows - many
    writer.write_table(kept.cast(schema))


def _rejected(connection: duckdb.DuckDBPyConnection, found: Staged, places: RowPlaces) -> None:
    """Count the lines of a CSV file that DuckDB could not take apart."""
    rows = connection.execute(
        "select line, any_value(error_message) from reject_errors group by 1 order by 1"
    ).fetchall()
    found.damaged += len(rows)
    found.read += len(rows)
    for line, said in rows[: places.open]:
        # DuckDB counts from the first line that is no header.
        places.add(line, " ".join(str(said).split())[:200])
    connection.execute("delete from reject_errors")


def staged_once(
    connection: duckdb.DuckDBPyConnection, kept: Path, staged: Staged, numbered: bool
) -> None:
    """Make the view ``staged`` of what `stage` kept, each request once.

    Args:
        connection: of `connect`.
        kept: the file that `stage` wrote.
        staged: what it found; the rows left out here are counted in it.
        numbered: whether the log itself names its requests.
    """
    view = "create or replace view staged as select * from read_parquet({}, file_row_number=true)"
    connection.execute(view.format(sql.text(kept)))
    if not numbered:
        return
    asked = "select count(number) - count(distinct number) from staged"
    ((again,),) = connection.execute(asked).fetchall()
    if not again:
        return
    once = kept.with_name("once.parquet")
    connection.execute(
        "copy (select * exclude (file_row_number) from staged where number is null or "
        "file_row_number in (select min(file_row_number) from staged where number is not null "
        "group by number, kind, time, account) order by file_row_number) "
        f"to {sql.text(once)} (format parquet)"
    )
    connection.execute(view.format(sql.text(once)))
    asked = f"select count(*) filter (kind = {sql.text(REQUEST)}), count(*) from staged"
    ((requests, rows),) = connection.execute(asked).fetchall()
    staged.twice = staged.requests + staged.events - int(rows)
    staged.requests, staged.events = int(requests), int(rows) - int(requests)
