"""SQL of the rows of a log: the first names of all paths as text, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shamcrowd.recording.imports import sql
from shamcrowd.recording.imports.mapping import JOINED, PARENT, Mapping, Reader
from shamcrowd.recording.imports.relations import LONGEST_ROW, relation

if TYPE_CHECKING:
    import duckdb

FILE = "__file"
"""Column with the file that a row is from, where there are several."""
_NUMBER = "__number"
_IDS = ("account", "key", "session", "conversation", "device", "organisation")
Files = Sequence[tuple[Reader, Sequence[Path]]]


def log_rows(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, kind: Reader, paths: Sequence[Path],
    joined: Files = (),
) -> str:  # fmt: skip
    """SQL of the rows of a log.

    Args:
        connection: that will run it.
        mapping: whose fields are wanted.
        kind: how the files are read.
        paths: the files, read in this order.
        joined: files of the mapping's second table; empty: none were given.
    """
    tops = mapping.first_names()
    ids = {
        path
        for name, value in mapping.requests.items()
        if name in _IDS
        for path in value.field or ()
    }
    rows = file_rows(connection, kind, paths, tops, ids, mapping.lines, mapping.records, mapping)
    if mapping.attributes and kind in ("json", "jsonl"):
        top = sql.name(mapping.attributes)
        rows = f"select * replace ({_as_object(top)} as {top}) from ({rows})"
    if mapping.joined is None and mapping.pieces is None:
        return rows
    # Joins and windows do not keep the order of the log.
    rows = f"select *, row_number() over () as {_NUMBER} from ({rows})"
    if mapping.joined is not None:
        rows = _with_joined(connection, mapping, rows, joined)
    if mapping.pieces is not None:
        rows = _in_one_piece(mapping, rows)
    return f"select * exclude ({_NUMBER}) from ({rows}) order by {_NUMBER}"


def file_rows(
    connection: duckdb.DuckDBPyConnection, kind: Reader, paths: Sequence[Path],
    tops: Sequence[str], ids: set[str], lines: str | None = None, records: str | None = None,
    mapping: Mapping | None = None,
) -> str:  # fmt: skip
    """Rows of files of one kind, with the columns ``tops``; ``ids`` are those that are ids."""
    origin = f", {FILE}" if len(paths) > 1 else ""
    if records and kind in ("json", "jsonl"):
        return _below(paths, tops, records, mapping)
    rows = f"select * from {relation(paths, kind, tops, lines, FILE if origin else None)}"
    if kind in ("csv", "parquet"):
        there = {
            name.lower(): type_
            for name, type_, *_ in connection.execute(f"describe {rows}").fetchall()
        }
        chosen = []
        for top in tops:
            value = _as_text(top, there.get(top.lower()))
            if top in ids:
                value = sql.whole_id(value)
            chosen.append(f"{value} as {sql.name(top)}")
        return f"select {', '.join(chosen)}{origin} from ({rows})"
    if kind == "lines":
        # A line that does not match has no groups; "-" stands for nothing in access logs.
        cleared = (f"nullif(nullif({sql.name(top)}, ''), '-') as {sql.name(top)}" for top in tops)
        return f"select {', '.join(cleared)}{origin} from ({rows})"
    return rows


def _below(
    paths: Sequence[Path], tops: Sequence[str], records: str, mapping: Mapping | None
) -> str:
    """Rows that lie in lists within documents, or that are documents themselves."""
    files = "[" + ", ".join(sql.text(path) for path in paths) + "]"
    many = len(paths) > 1
    origin = f", {FILE}" if many else ""
    documents = (
        f"select json as document{origin} from read_json_objects({files}, format='auto', "
        f"maximum_object_size={LONGEST_ROW}{f', filename={sql.text(FILE)}' if many else ''})"
    )
    fields = [
        f"json_extract_string(row, {sql.text('$.' + sql.name(top))}) as {sql.name(top)}"
        for top in tops
    ]
    parent = mapping.parent if mapping is not None else None
    if mapping is None or parent is None:
        rows = f"select {_items('document', records)} as row{origin} from ({documents})"
    else:
        above = ", ".join(
            f"{sql.text(name)}, json_extract(parent, {sql.text('$.' + sql.name(name))})"
            for name in mapping.first_names(PARENT)
        )
        fields.append(f"cast(json_object({above}) as varchar) as {PARENT}")
        parents = f"select {_items('document', parent)} as parent{origin} from ({documents})"
        inner = records.removeprefix(f"{parent}/")
        rows = f"select parent, {_items('parent', inner)} as row{origin} from ({parents})"
    return f"select {', '.join(fields)}{origin} from ({rows})"


def _items(document: str, path: str) -> str:
    """The items of a list within a document; the document itself if it has no such list."""
    first = "$." + path.split("[*]")[0].replace("/", ".")
    inner = "$." + path.replace("/", ".")
    return (
        f"unnest(case when json_exists({document}, {sql.text(first)}) "
        f"then json_extract({document}, {sql.text(inner)}) else [{document}] end)"
    )


def _with_joined(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, rows: str, joined: Files
) -> str:
    """Rows with the other table's row of the same request, as an object."""
    other = mapping.joined
    assert other is not None
    if not joined:
        return f"select *, cast(null as varchar) as {JOINED} from ({rows})"
    wanted = mapping.first_names(JOINED)
    tops = sorted({*wanted, other.on.split("/")[0]})
    pairs = ", ".join(f"{sql.text(top)}, {_json_of(top)}" for top in wanted)
    parts = [
        f"select {sql.field(other.on)} as k, cast(json_object({pairs}) as varchar) as j from "
        f"({file_rows(connection, kind, paths, tops, set(), records=other.records)})"
        for kind, paths in joined
    ]
    # The other table may hold a request twice.
    united = " union all ".join(parts)
    once = f"select k, min(j) as j from ({united}) where k is not null group by k"
    return (
        f"select l.*, o.j as {JOINED} from ({rows}) l left join ({once}) o "
        f"on o.k = {sql.field(other.to)}"
    )


def _json_of(top: str) -> str:
    """A text that may hold an object, as what it holds."""
    column = sql.name(top)
    return f"case when starts_with({column}, '{{') then try_cast({column} as json) " \
           f"else to_json({column}) end"  # fmt: skip


def _in_one_piece(mapping: Mapping, rows: str) -> str:
    """One row for each request: of every field the first piece that has it."""
    pieces = mapping.pieces
    assert pieces is not None
    names = [*mapping.first_names(), *([JOINED] if mapping.joined else [])]
    firsts = ", ".join(
        f"first_value({sql.name(name)} ignore nulls) over pieces as {sql.name(name)}"
        for name in names
    )
    own, order = sql.field(pieces.of), f"try_cast({sql.field(pieces.order)} as bigint)"
    return (
        f"select * exclude (nth) from (select {firsts}, {_NUMBER}, row_number() over pieces as nth "
        f"from ({rows}) window pieces as (partition by coalesce({own}, cast({_NUMBER} as varchar)) "
        f"order by {order}, {_NUMBER} rows between unbounded preceding and unbounded following)) "
        "where nth = 1"
    )


def _as_text(top: str, kind: str | None) -> str:
    """A column of a table as text; null if there is none."""
    column = sql.name(top)
    if kind is None:
        return "cast(null as varchar)"
    nested = kind.startswith(("STRUCT", "MAP")) or kind.endswith("]")
    return f"cast({f'to_json({column})' if nested else column} as varchar)"


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
