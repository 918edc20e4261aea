"""SQL of every row of a log: its kind, its columns, whether it is damaged, and what is wrong.

In steps, each of which names what the next one uses more than once.
"""

from __future__ import annotations

from shamcrowd.recording.imports import sql
from shamcrowd.recording.imports.mapping import (
    ACTIVITY_COLUMNS,
    REQUEST_COLUMNS,
    Columns,
    Mapping,
)

REQUEST = "request"
"""Kind of the rows that are requests; other kinds are those of the activity table."""


def columns_of(mapping: Mapping) -> list[str]:
    """Columns that the mapping fills, of requests or of other events."""
    used = set(mapping.requests).union(*(event.columns for event in mapping.activity))
    return [c for c in dict.fromkeys((*REQUEST_COLUMNS, *ACTIVITY_COLUMNS)) if c in used]


def wrong_columns(mapping: Mapping) -> list[str]:
    """Columns of requests in which a value may be no number, in the order of their bits."""
    return [n for n, value in mapping.requests.items() if sql.may_be_wrong(n, value)]


def rows_query(mapping: Mapping, origin: str = "") -> str:
    """SQL of every row of the view ``log``.

    Args:
        mapping: what its fields mean.
        origin: another column to be kept; "" for none.
    """
    kinds = [(sql.rows_with(dict(e.where)), e.kind, e.columns) for e in mapping.activity]
    kinds.append((sql.rows_with(dict(mapping.where)), REQUEST, mapping.requests))
    # Several events may be of one kind: until the columns are taken, each has a number.
    number = " ".join(f"when {where} then {i}" for i, (where, *_) in enumerate(kinds))
    which = "0" if number == "when true then 0" else f"case {number} end"
    blank = " and ".join(f"{sql.name(top)} is null" for top in mapping.first_names()) or "false"
    # A row of another kind has a moment all the same; one without is of another format.
    times = ", ".join(dict.fromkeys(sql.raw(part["time"]) for _, _, part in kinds))
    blank = f"({blank}) or (which is null and coalesce({times}) is null)"
    columns = columns_of(mapping)
    parts = [columns for _, _, columns in kinds]
    kept = f", {origin}" if origin else ""
    raw = ", ".join(f"{_raw(column, parts)} as {_text(column)}" for column in columns)
    held = ", ".join(f"{_typed(column, parts)} as {sql.name(column)}" for column in columns)
    texts = "".join(f", {_text(column)}" for column in wrong_columns(mapping))
    shown = ", ".join(
        f"{sql.in_range(name)} as {name}" if column == "time" else name
        for column, name in ((column, sql.name(column)) for column in columns)
    )
    names = " ".join(f"when {i} then {sql.text(kind)}" for i, (_, kind, _) in enumerate(kinds))
    bits = " + ".join(
        f"case when {_text(column)} is not null and {sql.name(column)} is null then {1 << i} else 0"
        " end" for i, column in enumerate(wrong_columns(mapping))
    )  # fmt: skip
    wrong = _case([(len(kinds) - 1, bits or "0")], len(kinds))
    return (
        f"select case which {names} end as kind, {shown}, blank, "
        f"coalesce({wrong}, 0) as wrong{kept} from "
        f"(select which, blank{kept}{texts}, {held} from "
        f"(select which, blank{kept}, {raw} from "
        f"(select *, {blank} as blank from (select *, {which} as which from log))))"
    )


def _text(column: str) -> str:
    """Name of the column with the text of which a column is made."""
    return sql.name(f"raw {column}")


def _raw(column: str, parts: list[Columns]) -> str:
    """The text of which a column is made, by the kind of the row."""
    cases = [(i, sql.raw(part[column])) for i, part in enumerate(parts) if column in part]
    return _case(cases, len(parts))


def _typed(column: str, parts: list[Columns]) -> str:
    """What a column holds, by the kind of the row."""
    cases = [
        (i, sql.typed(column, _text(column), part[column]))
        for i, part in enumerate(parts)
        if column in part
    ]
    if len({value for _, value in cases}) == 1:
        return cases[0][1]
    return _case(cases, len(parts))


def _case(cases: list[tuple[int, str]], kinds: int) -> str:
    """A value by the kind of the row; where there is one kind, the value itself."""
    if kinds == 1:
        return cases[0][1]
    whens = " ".join(f"when {i} then {value}" for i, value in cases)
    return f"case which {whens} end"
