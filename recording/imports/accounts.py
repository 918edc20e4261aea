"""Accounts: those that the log names, with what a second file says of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.recording.counting import counted
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.imports import sql, things
from shamcrowd.recording.imports.files import kind_of, line_of, log_files
from shamcrowd.recording.imports.guess import first_rows
from shamcrowd.recording.imports.mapping import Mapping, Reader
from shamcrowd.recording.imports.names import OWN, Names
from shamcrowd.recording.imports.packed import check_packed
from shamcrowd.recording.imports.rows import file_rows
from shamcrowd.recording.imports.tables import filled
from shamcrowd.recording.units import MS_PER_HOUR

if TYPE_CHECKING:
    import duckdb

_IDS = {"email": "mailbox", "phone": "phone", "device": "device", "address": "address",
        "organisation": "organisation"}  # fmt: skip


@dataclass(frozen=True)
class AccountRows:
    """What the accounts file says, one row each, and what cannot be used; empty without one."""

    rows: dict[str, list[Any]]
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> set[str]:
        """Its columns."""
        return set(self.rows)

    def first(self, kind: str, owners: dict[str, int] | None = None) -> dict[str, int]:
        """Names of one kind, with the first moment at which an account that has it is known."""
        if kind not in self.rows:
            return {}
        late = 2**62
        found: dict[str, int] = {}
        times = self.rows.get("created", [None] * len(self.rows[kind]))
        for name, account, time in zip(self.rows[kind], self.rows["account"], times, strict=True):
            if name is None:
                continue
            at = owners[account] if owners is not None else (late if time is None else time)
            found[name] = min(at, found.get(name, at))
        return found

    def moved(self, first: dict[str, int]) -> list[str]:
        """A sentence on accounts whose sign-up is later than their first row, if there are any.

        Args:
            first: the first moment in the log (ms since 1970) by the account's name.
        """
        if "created" not in self.rows:
            return []
        pairs = zip(self.rows["account"], self.rows["created"], strict=True)
        late = [time - first[name] for name, time in pairs
                if time is not None and time > first.get(name, time)]  # fmt: skip
        if not late:
            return []
        return [
            f"{counted(len(late), 'account signs', 'accounts sign')} up later than the first row "
            "in the log, by up to "
            f"{max(late) / MS_PER_HOUR:,.2f} hours; that row is taken for their sign-up"
        ]

    def table(self, names: dict[str, Names], first: dict[str, int]) -> tuple[pa.Table, list[str]]:
        """The table of accounts in the order of ids, and which of its columns were recorded."""
        owners = names["account"]
        row_of = {name: i for i, name in enumerate(self.rows.get("account", []))}
        at = [row_of.get(name) for name in owners.name]

        def recorded(column: str) -> list[Any]:
            held = self.rows.get(column)
            return [None if held is None or i is None else held[i] for i in at]

        created = [min(c, first[n]) if c is not None else first[n]
                   for c, n in zip(recorded("created"), owners.name, strict=True)]  # fmt: skip
        given: dict[str, Any] = {"account": owners.id, "created": np.array(created, np.int64)}
        for kind, column in _IDS.items():
            id_of = dict(zip(names[kind].name, names[kind].id.tolist(), strict=True))
            nullable = kind in ("phone", "organisation")
            given[column] = pa.array(
                [id_of[n] if n is not None else None if nullable else id_of[OWN + owner]
                 for n, owner in zip(recorded(kind), owners.name, strict=True)], pa.int32()
            )  # fmt: skip
        for column in ("country", "locale", "sign_in", "plan"):
            if column in self.rows:
                given[column] = things.few(recorded(column))
        if "utc_offset" in self.rows:
            given["utc_offset"] = [v or 0 for v in recorded("utc_offset")]
        known = ["account", *(_IDS.get(c, c) for c in self.rows)]
        order = np.argsort(owners.id, kind="stable")
        made = filled("accounts", given, len(owners.name), owners.id)
        return made.take(pa.array(order)), known


def account_rows(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, named: str | None
) -> AccountRows:
    """Read the accounts file.

    Raises:
        UsageError: if the mapping says nothing of accounts, no row names one, or one stands there
            twice.
    """
    if named is None:
        return AccountRows({})
    if not mapping.accounts:
        raise UsageError(
            f"the format {mapping.format} does not say how to read a file of accounts; "
            "copy its mapping, add `accounts:` and give it with --map"
        )
    import duckdb

    path = log_files([named])[0]
    check_packed([path])
    kind = kind_of(path)
    tops = sorted({f.split("/")[0] for v in mapping.accounts.values() for f in v.field or ()})
    ids = {f for c in ("account", *_IDS) if c in mapping.accounts
           for f in mapping.accounts[c].field or ()}  # fmt: skip
    rows = file_rows(connection, kind, [path], tops, ids)
    chosen = ", ".join(f"{sql.expression(c, v)} as {sql.name(c)}"
                       for c, v in mapping.accounts.items())  # fmt: skip
    noted = sql.raw(mapping.accounts["created"]) if "created" in mapping.accounts else "null"
    try:
        table = connection.sql(f"select {chosen}, {noted} as noted from ({rows})").to_arrow_table()
    except (duckdb.Error, OSError) as fault:
        raise UsageError(f"{path}: cannot be read ({' '.join(str(fault).split())[:200]})") from None
    notes = _unusable(connection, path, kind, table)
    table = table.filter(table["account"].is_valid()).drop_columns("noted")
    if not table.num_rows:
        there = sorted({name for row in first_rows(path, kind) for name in row})
        fields = " or ".join(mapping.accounts["account"].field or ())
        raise UsageError(
            f"{path}: no row names an account in {fields}; its fields are: "
            f"{', '.join(there) or 'none'}; copy the mapping, correct `accounts:` and give it with "
            "--map"
        )
    empty = [name for name in table.column_names if table[name].null_count == table.num_rows]
    if empty:
        notes.append(f"{path}: no row has a value for {', '.join(sorted(empty))}")
        table = table.drop_columns(empty)
    names = table["account"].to_pylist()
    if len(set(names)) != len(names):
        twice = Counter(names).most_common(1)[0][0]
        raise UsageError(f"{path}: names account {twice!r} twice; an account has one row")
    return AccountRows({n: table[n].to_pylist() for n in table.column_names}, tuple(notes))


def _unusable(
    connection: duckdb.DuckDBPyConnection, path: Path, kind: Reader, table: pa.Table
) -> list[str]:
    """Sentences about rows that cannot be used, each with the first of them."""

    def first(bad: pa.ChunkedArray) -> str:
        number = pc.index(bad, True).as_py() + 1
        if kind == "jsonl":
            return f"line {line_of(path, number)[0]}"
        return f"row {number}"

    notes = []
    unnamed = table["account"].is_null()
    if many := pc.sum(unnamed).as_py():
        notes.append(
            f"{path}: {counted(many, 'row names', 'rows name')} no account, the first: "
            f"{first(unnamed)}"
        )
    if "created" in table.column_names:
        untimed = pc.and_(table["created"].is_null(), table["noted"].is_valid())
        if many := pc.sum(untimed).as_py():
            notes.append(
                f"{path}: {counted(many, 'row has', 'rows have')} no sign-up time that can be "
                "read, the first: "
                f"{first(untimed)}; the account's first row in the log is taken"
            )
    if kind == "csv":
        asked = "select count(distinct line), min(line) from reject_errors"
        ((many, line),) = connection.execute(asked).fetchall()
        connection.execute("delete from reject_errors")
        if many:
            notes.append(f"{path}: {counted(many, 'row is', 'rows are')} wider or narrower "
                         "than the "
                         f"first line, the first: line {line}")  # fmt: skip
    return notes
