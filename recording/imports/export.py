"""Writes the requests of a recording as a log in another platform's format, to try an import on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.imports import sql
from shamcrowd.recording.imports.mapping import Mapping, Value
from shamcrowd.recording.imports.staging import connect
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.source import Source
from shamcrowd.recording.units import EARLIEST, NEVER

if TYPE_CHECKING:
    import duckdb

_COLUMNS = {
    "account": "'user-' || r.account", "key": "'key-' || r.key", "session": "'s-' || r.session",
    "conversation": "'c-' || r.conversation", "address": "a.host", "client": "c.agent",
    "model": "r.model", "endpoint": "r.endpoint", "topic": "r.topic",
    "input_tokens": "r.input_tokens", "output_tokens": "r.output_tokens",
    "cached_tokens": "r.cached_tokens", "reasoning_tokens": "r.reasoning_tokens",
    "stream": "r.stream", "first_token": "r.first_token",
    "duration": "r.duration", "status": "r.status",
}  # fmt: skip
_FROM_MS = {"s": 1e-3, "ms": 1.0, "us": 1e3, "ns": 1e6}
_HOSTS = """
    select address, case when family = 'ipv4'
      then regexp_replace(prefix, '[0-9]+/24$', '') || (place % 254 + 1)
      else replace(prefix, '::/64', '::' || printf('%x', place + 1)) end as host
    from (select *, row_number() over (partition by prefix order by address) - 1 as place
          from addresses)
"""
_AGENTS = "select client, sdk || '/' || version || coalesce(' (' || os || ')', '') as agent " \
          "from clients"  # fmt: skip


def export_log(source: Source, mapping: Mapping, out: Path) -> int:
    """Write the requests of a recording in the format of a mapping, as JSON lines.

    Each column goes into the first field that the mapping reads it from. Prompts are in no
    recording, so that they are left out; addresses are made up within their blocks.

    Args:
        source: the recording.
        mapping: the format; it must come as JSON lines. Spans are written one a line.
        out: the file.

    Returns:
        The number of requests.

    Raises:
        UsageError: if the format cannot be written.
    """
    if "jsonl" not in mapping.reads or mapping.parent or mapping.joined:
        raise UsageError(f"{mapping.format} cannot be written, as it is no list of plain rows")
    connection = connect(out.parent, 1024)
    try:
        for name in ("requests", "addresses", "clients"):
            table = source.rows(name, EARLIEST, NEVER, TABLES[name].names)
            connection.register(name, table)
        return _write(connection, mapping, out)
    finally:
        connection.close()


def _write(connection: duckdb.DuckDBPyConnection, mapping: Mapping, out: Path) -> int:
    fields: dict[str, str] = {}
    # Columns that a row is chosen by are written last, where no column has them already.
    for column, value in mapping.requests.items():
        expression = _TIME if column == "time" else _COLUMNS.get(column)
        if expression is None or value.field is None:
            continue
        fields.setdefault(value.field[0], _inverse(column, value, expression))
    for path, values in mapping.where.items():
        chosen = sql.text(values[0])
        fields[path] = f"coalesce({fields[path]}, {chosen})" if path in fields else chosen
    connection.execute(
        f"copy (select {', '.join(_nested(fields))} from requests r "
        f"left join ({_HOSTS}) a on a.address = r.address "
        f"left join ({_AGENTS}) c on c.client = r.client order by r.time, r.request) "
        f"to {sql.text(out)} (format json)"
    )
    ((rows,),) = connection.execute("select count(*) from requests").fetchall()
    return int(rows)


_TIME = "epoch_ms(r.time)"


def _inverse(column: str, value: Value, expression: str) -> str:
    """The expression of what the field holds, so that the mapping reads the column from it."""
    if value.lookup is not None:
        cases: dict[str, str] = {}
        for written, meant in value.lookup.items():
            cases.setdefault(str(meant), written)
        whens = " ".join(
            f"when {sql.text(meant)} then {sql.text(written)}" for meant, written in cases.items()
        )
        # A format that knows success and failure alone calls every other status a failure.
        failed = [written for meant, written in cases.items() if meant != "200"]
        rest = f" else {sql.text(failed[0])}" if column == "status" and failed else ""
        return f"case cast({expression} as varchar) {whens}{rest} end"
    if column == "time":
        if value.pattern:
            return f"strftime(make_timestamp_ms({expression}), {sql.text(value.pattern)})"
        if value.unit == "auto":
            return f"strftime(make_timestamp_ms({expression}), '%Y-%m-%dT%H:%M:%S.%gZ')"
        factor = _FROM_MS[value.unit]
        whole = factor >= 1
        return f"cast({expression} * {factor} as bigint)" if whole else f"{expression} * {factor}"
    if column in ("duration", "first_token") and value.unit not in ("auto", "ms"):
        return f"{expression} * {_FROM_MS[value.unit]}"
    return expression


def _nested(fields: dict[str, str]) -> list[str]:
    """Select items: fields with the same first name become one JSON object."""
    tree: dict[str, object] = {}
    for path, expression in fields.items():
        *above, last = path.split("/")
        here = tree
        for name in above:
            inner = here.setdefault(name, {})
            assert isinstance(inner, dict), path
            here = inner
        here[last] = expression
    return [f"{_object(held)} as {sql.name(name)}" for name, held in tree.items()]


def _object(held: object) -> str:
    if isinstance(held, dict):
        inner = ", ".join(f"{sql.text(name)}, {_object(value)}" for name, value in held.items())
        return f"json_object({inner})"
    return str(held)
