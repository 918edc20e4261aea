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
from shamcrowd.recording.imports.files import LONGEST_ROW, LogFileError, relation
from shamcrowd.recording.imports.mapping import (
    ACTIVITY_COLUMNS,
    REQUEST_COLUMNS,
    Mapping,
    Reader,
)
from shamcrowd.recording.imports.sketches import sketches

if TYPE_CHECKING:
    import duckdb

ROWS = 100_000
"""Rows that are in Python's memory at once."""
NAMED_MOST = 5
"""Damaged rows that are named; the others are counted."""
REQUEST = "request"
"""Kind of the rows that are requests; other kinds are those of the activity table."""
_NUMBERS = {
    "time": pa.int64(), "input_tokens": pa.int32(), "output_tokens": pa.int32(),
    "duration": pa.int32(), "status": pa.int32(), "amount": pa.float64(), "prompt": pa.uint64(),
}  # fmt: skip


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
        places: the first rows that cannot be used, and why.
        filled: share of requests that have a value, by column.
    """

    requests: int = 0
    events: int = 0
    read: int = 0
    skipped: int = 0
    damaged: int = 0
    no_time: int = 0
    no_account: int = 0
    places: list[str] = field(default_factory=list)
    filled: dict[str, float] = field(default_factory=dict)

    @property
    def unusable(self) -> int:
        """Rows that should have been used and could not be."""
        return self.damaged + self.no_time + self.no_account


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
    heard: Callable[[int], None] = lambda rows: None,
) -> Staged:
    """Read a log once and write its requests and other events into the Parquet file ``out``.

    Args:
        connection: of `connect`.
        mapping: what the fields mean.
        files: files by how they are read.
        out: the file to be written.
        heard: told the number of rows read so far.

    Raises:
        LogFileError: if a file cannot be read as what it is.
    """
    import duckdb

    found = Staged()
    filled: dict[str, int] = {}
    columns = _columns(mapping)
    schema = pa.schema([(name, _NUMBERS.get(name, pa.string())) for name in ("kind", *columns)])
    with pq.ParquetWriter(out, schema) as writer:
        for kind, paths in files:
            before = found.unusable
            try:
                connection.execute(
                    f"create or replace temp view log as {_rows(connection, mapping, kind, paths)}"
                )
                for batch in connection.sql(_query(mapping)).to_arrow_reader(ROWS):
                    _keep(writer, pa.table(batch), schema, found, filled)
                    heard(found.read)
                if kind == "csv":
                    _rejected(connection, found)
            except (duckdb.Error, UnicodeDecodeError) as fault:
                said = " ".join(str(fault).split())[:300]
                raise LogFileError(f"{_named(paths)}: cannot be read as {kind}: {said}") from None
            if found.unusable > before and len(found.places) < NAMED_MOST:
                found.places += _places(connection, mapping, paths)
    found.places = found.places[:NAMED_MOST]
    found.filled = {name: many / max(found.requests, 1) for name, many in sorted(filled.items())}
    return found


def _columns(mapping: Mapping) -> list[str]:
    """Columns that the mapping fills, of requests or of other events."""
    used = set(mapping.requests).union(*(event.columns for event in mapping.activity))
    return [c for c in dict.fromkeys((*REQUEST_COLUMNS, *ACTIVITY_COLUMNS)) if c in used]


def _rows(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, kind: Reader, paths: Sequence[Path]
) -> str:
    """SQL of the rows of a log: the first names of all paths, as text."""
    tops = sorted({path.split("/")[0] for path in mapping.fields})
    if mapping.records and kind in ("json", "jsonl"):
        files = "[" + ", ".join(sql.text(path) for path in paths) + "]"
        inner = sql.text("$." + mapping.records.replace("/", "."))
        fields = ", ".join(
            f"json_extract_string(row, {sql.text('$.' + sql.name(top))}) as {sql.name(top)}"
            for top in tops
        )
        rows = (
            f"select {fields} from (select unnest(coalesce(nullif(json_extract(json, {inner}), "
            f"[]), [json])) as row from read_json_objects({files}, format='auto', "
            f"maximum_object_size={LONGEST_ROW}))"
        )
    else:
        rows = f"select * from {relation(paths, kind, tops, mapping.lines)}"
    if kind in ("csv", "parquet"):
        there = {
            name: type_ for name, type_, *_ in connection.execute(f"describe {rows}").fetchall()
        }
        rows = f"select {', '.join(_as_text(top, there.get(top)) for top in tops)} from ({rows})"
    if kind == "lines":
        # A line that does not match has no groups; "-" stands for nothing in access logs.
        cleared = (f"nullif(nullif({sql.name(top)}, ''), '-') as {sql.name(top)}" for top in tops)
        rows = f"select {', '.join(cleared)} from ({rows})"
    if mapping.attributes and kind in ("json", "jsonl"):
        top = sql.name(mapping.attributes)
        rows = f"select * replace ({_as_object(top)} as {top}) from ({rows})"
    return rows


def _as_text(top: str, kind: str | None) -> str:
    """A column of a table as text; null if there is none."""
    column = sql.name(top)
    if kind is None:
        return f"cast(null as varchar) as {column}"
    nested = kind.startswith(("STRUCT", "MAP")) or kind.endswith("]")
    return f"cast({f'to_json({column})' if nested else column} as varchar) as {column}"


def _as_object(attributes: str) -> str:
    """A list of keys and values, as OTLP writes attributes, as an object; an object as it is."""
    said = ", ".join(f"a.value->>'{kind}Value'" for kind in ("string", "int", "double", "bool"))
    pairs = "from_json(" + attributes + """, '[{"key":"VARCHAR","value":"JSON"}]')"""
    made = (
        f"map_from_entries(list_transform({pairs}, "
        f"lambda a: struct_pack(k := a.key, v := coalesce({said}))))"
    )
    return (
        f"case when json_type(try_cast({attributes} as json)) = 'ARRAY' "
        f"then cast(to_json({made}) as varchar) else {attributes} end"
    )


def _query(mapping: Mapping) -> str:
    """SQL of every row of ``log`` with its kind, the columns, and whether it is damaged."""
    kinds = [(sql.rows_with(dict(e.where)), e.kind, e.columns) for e in mapping.activity]
    kinds.append((sql.rows_with(dict(mapping.where)), REQUEST, mapping.requests))
    # Several events may be of one kind: until the columns are taken, each has a number.
    number = " ".join(f"when {where} then {i}" for i, (where, *_) in enumerate(kinds))
    tops = sorted({path.split("/")[0] for path in mapping.fields})
    blank = " and ".join(f"{sql.name(top)} is null" for top in tops) or "false"
    chosen = []
    for column in _columns(mapping):
        cases = " ".join(
            f"when {i} then {sql.expression(column, columns[column])}"
            for i, (_, _, columns) in enumerate(kinds)
            if column in columns
        )
        chosen.append(f"case which {cases} end as {sql.name(column)}")
    names = " ".join(f"when {i} then {sql.text(kind)}" for i, (_, kind, _) in enumerate(kinds))
    return (
        f"select case which {names} end as kind, {', '.join(chosen)}, blank from "
        f"(select *, {blank} as blank, case {number} end as which from log)"
    )


def _keep(
    writer: pq.ParquetWriter, rows: pa.Table, schema: pa.Schema, found: Staged,
    filled: dict[str, int],
) -> None:  # fmt: skip
    """Write the usable rows of a batch and count the others."""
    found.read += rows.num_rows
    blank = rows["blank"].to_numpy()
    wanted = rows["kind"].is_valid().to_numpy() & ~blank
    timed = rows["time"].is_valid().to_numpy()
    owned = rows["account"].is_valid().to_numpy()
    found.damaged += int(blank.sum())
    found.skipped += int((~wanted & ~blank).sum())
    found.no_time += int((wanted & ~timed).sum())
    found.no_account += int((wanted & timed & ~owned).sum())
    kept = rows.filter(pa.array(wanted & timed & owned)).drop_columns(["blank"])
    asked = pc.equal(kept["kind"], REQUEST)
    many = int(pc.sum(asked).as_py() or 0)
    for name in kept.column_names:
        there = pc.and_(asked, kept[name].is_valid())
        filled[name] = filled.get(name, 0) + int(pc.sum(there).as_py() or 0)
    if "prompt" in kept.column_names:
        at = kept.column_names.index("prompt")
        prompts = kept["prompt"].combine_chunks()
        made = sketches(prompts, first=found.requests + found.events)
        kept = kept.set_column(at, "prompt", pa.array(made))
    found.requests += many
    found.events += kept.num_rows - many
    writer.write_table(kept.cast(schema))


def _rejected(connection: duckdb.DuckDBPyConnection, found: Staged) -> None:
    """Count the lines of CSV files that DuckDB could not take apart."""
    rows = connection.execute(
        "select file_path, line, any_value(error_message) from reject_errors e "
        "join reject_scans s using (scan_id, file_id) group by all order by 1, 2"
    ).fetchall()
    found.damaged += len(rows)
    found.read += len(rows)
    found.places += [f"{path}, line {line}: {said}" for path, line, said in rows[:NAMED_MOST]]
    connection.execute("delete from reject_errors")


def _places(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, paths: Sequence[Path]
) -> list[str]:
    """The first rows that cannot be used; counted from 1 over all files, empty lines left out."""
    rows = connection.execute(
        f"select number, why from (select number, case when blank then 'not a row of this format' "
        f"when kind is null then null when time is null then 'no time that can be read' "
        f"when account is null then 'no account' end as why "
        f"from (select row_number() over () as number, * from ({_query(mapping)}))) "
        f"where why is not null order by number limit {NAMED_MOST}"
    ).fetchall()
    return [f"{_named(paths)}, row {number}: {why}" for number, why in rows]


def _named(paths: Sequence[Path]) -> str:
    return str(paths[0]) if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more files"
