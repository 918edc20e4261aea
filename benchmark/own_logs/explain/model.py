"""What a dossier holds: sections of numbers and tables, each with the query that gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Value = int | float | str | None
Unit = Literal["count", "share", "dollars", "days", "expected", "log10", "moment", "text", "ratio"]
"""How a value is shown. ``expected``: accounts expected by chance; ``log10``: the decimal logarithm
of a probability; ``moment``: a moment in UTC as text."""
Side = Literal["for", "against", "neither", "not recorded"]


@dataclass(frozen=True)
class Number:
    """One value.

    Attributes:
        label: what it is.
        value: the value; None if there is none.
        unit: how it is shown.
        sql: the query that gives it, in its first row and column.
        note: how to read it.
    """

    label: str
    value: Value
    unit: Unit
    sql: str
    note: str = ""


@dataclass(frozen=True)
class Head:
    """A column of a listing."""

    title: str
    unit: Unit = "count"


@dataclass(frozen=True)
class FigureTable:
    """A table.

    Attributes:
        title: what its rows are.
        columns: as many as a row has values.
        rows: the values.
        sql: the query that gives them, in this order.
        note: how to read it.
        named: for ids of a column, the kind of name behind them: (column, kind). A ``kind`` that
            begins with ``=`` stands in that column of the row.
        folded: whether a page shows it only if a reader wants it.
    """

    title: str
    columns: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
    sql: str
    note: str = ""
    named: tuple[tuple[int, str], ...] = ()
    folded: bool = False


@dataclass(frozen=True)
class Point:
    """What speaks for or against an explanation.

    Attributes:
        number: of the group; its ``value`` is None if a column was not recorded.
        everybody: the same of all accounts, if it can be compared.
        rule: from which value on it speaks for the explanation, and against it.
        side: what it does here.
    """

    number: Number
    everybody: Number | None
    rule: str
    side: Side


@dataclass(frozen=True)
class Section:
    """A part of a dossier; ``parts`` are sections within it."""

    name: str
    title: str
    text: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    listings: tuple[FigureTable, ...] = ()
    points: tuple[Point, ...] = ()
    parts: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Dossier:
    """The dossier of a group of accounts.

    Attributes:
        asked: what it was asked for, as on the command line.
        title: what that is, in words.
        scenario: the recording's scenario, or ``imported-FORMAT``.
        fingerprint: the recording's.
        synthetic: whether the log is simulated.
        as_of: the moment up to which rows were read, ms since 1970.
        accounts: accounts of the group.
        everybody: accounts in the log.
        setup: statements to be run before the queries.
        sections: its parts.
        names: names behind ids, by kind and id; empty if they are not to be shown.
    """

    asked: str
    title: str
    scenario: str
    fingerprint: str
    synthetic: bool
    as_of: int
    accounts: int
    everybody: int
    setup: tuple[str, ...]
    sections: tuple[Section, ...]
    names: dict[str, dict[int, str]] = field(default_factory=dict)

    def section(self, name: str) -> Section:
        """The section called ``name``."""
        return next(s for s in self.sections if s.name == name)


def numbers_of(sections: Sequence[Section]) -> list[Number]:
    """All numbers of sections, of their points and parts too, without those not recorded."""
    found: list[Number] = []
    for section in sections:
        found += section.numbers
        for point in section.points:
            found += [n for n in (point.number, point.everybody) if n is not None and n.sql]
        found += numbers_of(section.parts)
    return found


def listings_of(sections: Sequence[Section]) -> list[FigureTable]:
    """All listings of sections and of their parts."""
    found: list[FigureTable] = []
    for section in sections:
        found += [*section.listings, *listings_of(section.parts)]
    return found
