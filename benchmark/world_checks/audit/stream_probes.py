"""Probes of the two streams: aggregates of an account's rows, in total, by day and by hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from shamcrowd.benchmark.world_checks.audit.account_probes import AuditedAccounts
from shamcrowd.benchmark.world_checks.audit.ids import id_probes, once, row_probe
from shamcrowd.benchmark.world_checks.audit.kinds import ColumnKind, entity_of, kind_of
from shamcrowd.benchmark.world_checks.audit.probe import Floats, Ints, Probe, flags
from shamcrowd.benchmark.world_checks.audit.reading import (
    ColumnValues,
    RecordingTables,
    commonest,
    level_probe,
    places,
)
from shamcrowd.benchmark.world_checks.audit.runs import (
    Runs,
    RunValues,
    of_codes,
    of_numbers,
    over_parts,
    pairs,
    runs,
    spread_out,
)
from shamcrowd.benchmark.world_checks.audit.time_probes import of_moments
from shamcrowd.recording.columns import NEVER_NULL, Column, Table
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR


@dataclass(frozen=True)
class StreamRows:
    """The rows of a stream by account, in time order inside each.

    ``order`` is where each row stands in the files, one after the other; ``owner`` the place of
    its account; ``time`` is ms since 1970; ``shard`` the number in the name of its file.
    """

    order: Ints
    owner: Ints
    time: Ints
    shard: Ints

    @classmethod
    def of(cls, tables: RecordingTables, table: str, people: AuditedAccounts) -> StreamRows:
        """Sort a stream. Rows of accounts that do not exist are left out."""
        owner = places(people.account, tables.plain(table, "account"))
        time = tables.plain(table, TABLES[table].seen)
        base = int(time.min(initial=0))
        width = int(time.max(initial=0)) - base + 1
        order = np.argsort(owner * width + (time - base), kind="stable")
        order = order[np.count_nonzero(owner < 0) :]
        return cls(order, owner[order], time[order], tables.shards(table)[order])

    def some(self, chosen: Ints) -> StreamRows:
        """A part of the rows."""
        return StreamRows(
            self.order[chosen], self.owner[chosen], self.time[chosen], self.shard[chosen]
        )

    @property
    def by_day(self) -> Runs:
        """Runs of one account and UTC day."""
        return runs(self.owner, self.time // MS_PER_DAY)

    @property
    def by_hour(self) -> Runs:
        """Runs of one account and hour."""
        return runs(self.owner, self.time // MS_PER_HOUR)


def column_probes(
    tables: RecordingTables, spec: Table, rows: StreamRows, column: Column, many: int
) -> Iterator[Probe]:
    """Probes of one column of a stream by account, and of the entity that it points to."""
    if not len(rows.owner):
        return
    found = tables.column(spec.name, column.name).take(rows.order)
    if column.null != NEVER_NULL:
        given = np.bincount(rows.owner, flags(found.codes >= 0), many)
        with np.errstate(invalid="ignore"):
            share: Floats = given / np.bincount(rows.owner, minlength=many)
        yield Probe(spec.name, column.name, "presence", "presence", share)
    yield from _column(spec.name, column.name, column, found, rows, many)
    entity = entity_of(column.name)
    if kind_of(column) is not ColumnKind.ID or entity is None:
        return
    ids = np.where(found.codes >= 0, np.nan_to_num(found.numbers, nan=-1), -1).astype(np.int64)
    row = places(tables.plain(entity.name, column.name), ids)
    for below in TABLES[entity.name].columns[1:]:
        name = f"{column.name}.{below.name}"
        cells = tables.column(entity.name, below.name).take(row)
        yield from _column(spec.name, name, below, cells, rows, many)


def stream_id_probes(
    tables: RecordingTables, spec: Table, rows: StreamRows, many: int, group: Ints
) -> Iterator[Probe]:
    """Order and rows of all ids of a stream. ``group`` counts shared ids once a side."""
    if not len(rows.owner):
        return
    yield from _shards(spec, rows, runs(rows.owner), many)
    for column in spec.columns:
        if column.name == "account" or kind_of(column) is not ColumnKind.ID:
            continue
        ids = tables.plain(spec.name, column.name)[rows.order]
        yield from id_probes(spec.name, column.name, *once(ids, rows.owner, group))
        entity = entity_of(column.name)
        if entity is not None:
            row = places(tables.plain(entity.name, column.name), ids)
            name = f"{column.name} in {spec.name}"
            yield row_probe(entity.name, name, *once(row, rows.owner, group))


def row_probes(spec: Table, rows: StreamRows, people: AuditedAccounts) -> Iterator[Probe]:
    """Probes of when an account's rows were and how many, whatever is in them."""
    many = len(people.account)
    counts = np.bincount(rows.owner, minlength=many).astype(np.float64)
    yield Probe(spec.name, spec.seen, "any row", "presence", flags(counts > 0))
    yield Probe(spec.name, spec.seen, "rows", "value", counts)
    if not len(rows.owner):
        return
    mine = runs(rows.owner)
    for name, over in (("day", rows.by_day), ("hour", rows.by_hour)):
        for most, values in over_parts(over.size.astype(np.float64), over, many).items():
            yield Probe(spec.name, spec.seen, f"rows, {name} {most}", "value", values)
    created, offset = people.created[mine.owner], people.offset[rows.owner]
    for aggregate, values in of_moments(rows.time, offset, created, mine):
        yield Probe(spec.name, spec.seen, aggregate, "value", spread_out(values, mine, many))
    behind = np.diff(rows.order, prepend=rows.order[:1]) < 0
    behind[mine.starts] = False
    out_of_order: Floats = np.bincount(rows.owner, flags(behind), many).astype(np.float64)
    yield Probe(spec.name, spec.seen, "rows that stand before an earlier one", "value",
                out_of_order)  # fmt: skip


def _shards(spec: Table, rows: StreamRows, mine: Runs, many: int) -> Iterator[Probe]:
    """Probes of the files that an account's rows stand in.

    Where each account has a file of its own, which one is a mere matter of storing. Where not, the
    file follows from what an account does.
    """
    held = pairs(rows.shard, mine)
    if len(held.run) > len(mine.size):
        return
    for shard in np.unique(held.code):
        share = np.zeros(len(mine.size))
        at = held.code == shard
        share[held.run[at]] = held.rows[at]
        share /= mine.size
        name = f"share of rows in files {shard:03d}"
        yield Probe(spec.name, "account", name, "row", spread_out(share, mine, many))


def _column(
    table: str, name: str, column: Column, found: ColumnValues, rows: StreamRows, many: int
) -> Iterator[Probe]:
    """Probes of one column, per account, account-day and account-hour, and by who shares it."""

    def probe(aggregate: str, values: Floats) -> Probe:
        return Probe(table, name, aggregate, "value", values)

    known = np.flatnonzero(found.codes >= 0)
    if not len(known):
        return
    if len(known) < len(found.codes):
        found, rows = found.take(known), rows.some(known)
    mine = runs(rows.owner)
    for part, over in (("", mine), ("day", rows.by_day), ("hour", rows.by_hour)):
        aggregates: dict[str, Floats] = {}
        if found.kind in (ColumnKind.TIME, ColumnKind.NUMBER):
            aggregates |= of_numbers(found.numbers, over)
            if not column.unit or found.kind is ColumnKind.TIME:
                del aggregates["total"]
        if found.kind is not ColumnKind.TIME:
            different = pairs(found.codes, over)
            aggregates |= of_codes(different, over)
            if not part:
                aggregates["rows per different value"] = over.size / aggregates["distinct"]
                yield from _sharing(table, name, different, mine, many)
                yield from _each_value(table, name, found, different, mine, many)
                if found.kind in (ColumnKind.CATEGORY, ColumnKind.TEXT):
                    yield _usual_level(table, name, found, different, mine, many)
        for aggregate, values in aggregates.items():
            if not part:
                yield probe(aggregate, spread_out(values, over, many))
                continue
            for most, by_account in over_parts(values, over, many).items():
                yield probe(f"{aggregate}, {part} {most}", by_account)
    if found.kind is ColumnKind.NUMBER:
        digit = np.floor(np.abs(found.numbers)) % 10
        yield probe("mean last digit", spread_out(of_numbers(digit, mine)["mean"], mine, many))
        round_ = np.add.reduceat(flags(digit == 0), mine.starts) / mine.size
        yield probe("share ending in 0", spread_out(round_, mine, many))
    if found.bits is not None:
        yield probe("unlikeness of two rows", spread_out(_unlike(found.bits, mine), mine, many))


def _each_value(
    table: str, name: str, found: ColumnValues, held: RunValues, mine: Runs, many: int
) -> Iterator[Probe]:
    """Probes of the values that most accounts have: how many of an account's rows have each."""
    for code in commonest(np.bincount(held.code)):
        at = held.code == code
        count = np.zeros(len(mine.size))
        count[held.run[at]] = held.rows[at]
        value = found.said(code)
        yield Probe(table, name, f"rows with {value}", "value", spread_out(count, mine, many))
        share = count / mine.size
        yield Probe(table, name, f"share of {value}", "value", spread_out(share, mine, many))


def _usual_level(
    table: str, name: str, found: ColumnValues, held: RunValues, mine: Runs, many: int
) -> Probe:
    """The level that most of an account's rows have."""
    order = np.lexsort((-held.code, held.rows, held.run))
    last = np.append(np.flatnonzero(np.diff(held.run[order])), len(order) - 1)
    codes = np.full(many, -1)
    codes[mine.owner] = held.code[order][last]
    return level_probe(table, name, "most common", found, codes)


def _sharing(table: str, name: str, held: RunValues, mine: Runs, many: int) -> Iterator[Probe]:
    """Probes of how many accounts and rows have the values that an account has."""
    over = runs(held.run)
    for what, each in (
        ("accounts", np.bincount(held.code)),
        ("rows", np.bincount(held.code, held.rows)),
    ):
        values = each[held.code].astype(np.float64)
        mean = np.add.reduceat(values, over.starts) / over.size
        most = np.maximum.reduceat(values, over.starts)
        for aggregate, by_run in (("mean", mean), ("max", most)):
            yield Probe(table, name, f"{what} sharing a value, {aggregate}", "value",
                        spread_out(by_run, mine, many))  # fmt: skip


def _unlike(bits: np.ndarray[tuple[int], np.dtype[np.uint64]], over: Runs) -> Floats:
    """Expected share of differing bits between two of an account's rows."""
    total = np.zeros(len(over.size))
    for bit in range(64):
        one = (bits >> np.uint64(bit) & np.uint64(1)).astype(np.float64)
        share = np.add.reduceat(one, over.starts) / over.size
        total += 2 * share * (1 - share)
    return total / 64
