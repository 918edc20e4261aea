"""Writes the staged requests and other events of a log as the streams of a recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from shamcrowd.recording.imports import sql
from shamcrowd.recording.imports.day_files import PIECE, DayFiles
from shamcrowd.recording.imports.pseudonyms import sql_id
from shamcrowd.recording.imports.query import REQUEST
from shamcrowd.recording.imports.tables import not_recorded
from shamcrowd.recording.imports.things import MOST_NAMES
from shamcrowd.recording.writing import RecordingWriter

if TYPE_CHECKING:
    import duckdb

_OWN = "chr(0) || 'own ' || staged.account"
"""The name of what an account has to itself; see `shamcrowd.recording.imports.names.OWN`."""


def write_requests(
    connection: duckdb.DuckDBPyConnection, writer: RecordingWriter, columns: set[str], key: bytes
) -> tuple[list[str], list[str]]:
    """Write the requests.

    Args:
        connection: with the view ``staged`` and the tables ``ids_…``.
        writer: of the recording.
        columns: columns that the log has.
        key: of the pseudonyms.

    Returns:
        The columns that were not recorded, and notes.
    """
    chosen, joins = ["time", "ids_account.id as account"], [_of_account()]
    known, notes = {"request", "time", "account"}, []
    for kind in ("key", "address", "client"):
        name = f"coalesce(staged.{kind}, {_OWN})" if kind in columns else _OWN
        joins.append(f"left join ids_{kind} on ids_{kind}.name = {name}")
        chosen.append(f"ids_{kind}.id as {kind}")
    for kind in ("session", "conversation"):
        # There may be as many as requests: their ids need no table of names.
        name = f"coalesce({kind}, {_OWN})" if kind in columns else _OWN
        chosen.append(f"{sql_id(key, kind, name)} as {kind}")
    for label in ("model", "endpoint", "topic"):
        if label in columns:
            names, rest = _commonest(connection, label)
            chosen.append(_few(label, names, "'unknown'"))
            if rest:
                notes.append(f"{rest:,} rare values of {label} are called other")
    for name, empty in (
        ("input_tokens", "0"), ("cached_tokens", "0"), ("output_tokens", "0"),
        ("reasoning_tokens", "0"), ("stream", "false"), ("first_token", "null"),
        ("duration", "0"), ("status", "200"),
    ):  # fmt: skip
        if name in columns:
            chosen.append(f"coalesce({name}, {empty}) as {name}")
    if "prompt" in columns:
        chosen.append("prompt as sketch")
        known.add("sketch")
    known |= columns
    _write(connection, DayFiles(writer, "requests"), chosen, joins, f"= {sql.text(REQUEST)}")
    return not_recorded("requests", sorted(known)), notes


def write_activity(
    connection: duckdb.DuckDBPyConnection, writer: RecordingWriter, columns: set[str], events: int
) -> list[str]:
    """Write the other events, of which there are ``events``; see `write_requests`."""
    chosen, joins = ["time", "ids_account.id as account", "kind"], [_of_account()]
    for kind in ("key", "address", "device", "card", "phone"):
        if kind in columns:
            joins.append(f"left join ids_{kind} on ids_{kind}.name = staged.{kind}")
            chosen.append(f"ids_{kind}.id as {kind}")
    if "amount" in columns:
        chosen.append("amount")
    labels = [label for label in ("model", "plan") if label in columns]
    chosen += [_few(label, _commonest(connection, label)[0], "null") for label in labels]
    _write(connection, DayFiles(writer, "activity"), chosen, joins, f"<> {sql.text(REQUEST)}")
    return not_recorded("activity", sorted(columns | {"time", "kind"}) if events else [])


def _of_account() -> str:
    return "join ids_account on ids_account.name = staged.account"


def _write(
    connection: duckdb.DuckDBPyConnection, files: DayFiles, chosen: list[str], joins: list[str],
    kind: str,
) -> None:  # fmt: skip
    query = (
        f"select {', '.join(chosen)} from staged {' '.join(joins)} where staged.kind {kind} "
        "order by time, file_row_number"
    )
    for batch in connection.sql(query).to_arrow_reader(PIECE):
        files.add(pa.table(batch))
    files.finish()


def _commonest(connection: duckdb.DuckDBPyConnection, label: str) -> tuple[list[str], int]:
    """The commonest values of a column, and how many others there are."""
    rows = connection.execute(
        f"select {label}, count(*) as many from staged where {label} is not null "
        "group by 1 order by many desc, 1"
    ).fetchall()
    return [name for name, _ in rows[:MOST_NAMES]], max(0, len(rows) - MOST_NAMES)


def _few(label: str, names: list[str], empty: str) -> str:
    """An expression for a column of categories: rare values are ``other``."""
    kept = ", ".join(sql.text(name) for name in names) or "''"
    return (
        f"case when {label} is null then {empty} when {label} in ({kept}) then {label} "
        f"else 'other' end as {label}"
    )
