"""Probes of the accounts table: every column, and every column of the entities it points to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from shamcrowd.benchmark.world_checks.audit.ids import id_probes, once, row_probe
from shamcrowd.benchmark.world_checks.audit.kinds import ColumnKind, entity_of, kind_of
from shamcrowd.benchmark.world_checks.audit.probe import Floats, Ints, Probe, flags
from shamcrowd.benchmark.world_checks.audit.reading import (
    ColumnValues,
    RecordingTables,
    level_probe,
    places,
)
from shamcrowd.benchmark.world_checks.audit.text_probes import beginnings, of_words
from shamcrowd.benchmark.world_checks.audit.time_probes import parts
from shamcrowd.recording.columns import NEVER_NULL, Column
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.units import MS_PER_HOUR, MS_PER_MINUTE


@dataclass(frozen=True)
class AuditedAccounts:
    """The accounts, in the order of their table.

    ``created`` is ms since 1970, ``offset`` minutes east of UTC.
    """

    account: Ints
    created: Ints
    offset: Ints

    @classmethod
    def of(cls, tables: RecordingTables) -> AuditedAccounts:
        """Read them."""
        return cls(*(tables.plain("accounts", c) for c in ("account", "created", "utc_offset")))


def column_probes(
    tables: RecordingTables, people: AuditedAccounts, column: Column
) -> Iterator[Probe]:
    """All probes of one column of the accounts table, and of the entity that it points to."""
    found = tables.column("accounts", column.name)
    if column.null != NEVER_NULL:
        yield Probe("accounts", column.name, "presence", "presence", flags(found.codes >= 0))
    if kind_of(column) is not ColumnKind.ID:
        yield from _values(column.name, found, people)
        return
    if column.name == "account":
        return
    yield from _sharing(column.name, found.codes, people)
    entity = entity_of(column.name)
    if entity is None:
        return
    ids = np.where(found.codes >= 0, np.nan_to_num(found.numbers, nan=-1), -1).astype(np.int64)
    row = places(tables.plain(entity.name, column.name), ids)
    for below in TABLES[entity.name].columns[1:]:
        cells = tables.column(entity.name, below.name).take(row)
        yield from _values(f"{column.name}.{below.name}", cells, people)


def account_id_probes(
    tables: RecordingTables, people: AuditedAccounts, group: Ints
) -> Iterator[Probe]:
    """Order and rows of all ids of the accounts table. ``group`` counts shared ids once a side."""
    everyone = np.arange(len(people.account))
    yield row_probe("accounts", "account", everyone, everyone)
    for column in TABLES["accounts"].columns:
        if kind_of(column) is not ColumnKind.ID:
            continue
        ids = tables.plain("accounts", column.name)
        yield from id_probes("accounts", column.name, *once(ids, everyone, group))
        entity = entity_of(column.name)
        if entity is not None:
            row = places(tables.plain(entity.name, column.name), ids)
            yield row_probe(entity.name, column.name, *once(row, everyone, group))


def _values(name: str, found: ColumnValues, people: AuditedAccounts) -> Iterator[Probe]:
    """Probes of a column with one value per account."""

    def probe(aggregate: str, values: Floats) -> Probe:
        return Probe("accounts", name, aggregate, "value", values)

    known = found.codes >= 0
    if not known.any():
        return
    if found.kind is ColumnKind.TIME:
        time = np.where(known, np.nan_to_num(found.numbers), 0).astype(np.int64)
        yield probe("value", found.numbers)
        if "." in name:
            # An entity is mostly first seen at sign-up, whose time is probed already.
            yield probe("before sign-up", people.created - found.numbers)
            return
        for aggregate, values in parts(time, people.offset).items():
            yield probe(aggregate, np.where(known, values, np.nan))
        yield from _neighbours(name, time)
        return
    if found.kind is ColumnKind.NUMBER:
        yield probe("value", found.numbers)
        yield probe("last digit", np.floor(np.abs(found.numbers)) % 10)
    if found.words is not None and found.kind is ColumnKind.TEXT and len(found.words):
        for aggregate, of_text in of_words(found.words).items():
            yield probe(aggregate, np.where(known, of_text[found.codes], np.nan))
        for aggregate, codes in beginnings(found.words).items():
            start = np.where(known, codes[found.codes], -1)
            yield probe(f"accounts with {aggregate}", _shared_by(start))
    if found.kind in (ColumnKind.CATEGORY, ColumnKind.TEXT):
        yield level_probe("accounts", name, "value", found, found.codes)
    yield from _sharing(name, found.codes, people)


def _shared_by(codes: Ints) -> Floats:
    """How many accounts have the value of each; NaN without one."""
    many = np.bincount(codes[codes >= 0], minlength=1).astype(np.float64)
    return np.where(codes >= 0, many[codes], np.nan)


def _sharing(name: str, codes: Ints, people: AuditedAccounts) -> Iterator[Probe]:
    """Probes of the accounts that have the same value: how many, and when they signed up."""
    known = codes >= 0
    many = _shared_by(codes)
    yield Probe("accounts", name, "accounts sharing it", "value", many)
    if np.nanmax(many, initial=0) < 2:
        return
    hours = (people.created - people.created.min()) / MS_PER_HOUR
    counts = np.bincount(codes[known])
    first, last = np.full(len(counts), np.inf), np.full(len(counts), -np.inf)
    np.minimum.at(first, codes[known], hours[known])
    np.maximum.at(last, codes[known], hours[known])
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(codes[known], weights=hours[known]) / counts
        off = (hours - mean[codes]) ** 2
        spread = np.sqrt(np.bincount(codes[known], weights=off[known]) / counts)
    for aggregate, values in {
        "first sign-up sharing it": first,
        "last sign-up sharing it": last,
        "time between sign-ups sharing it": last - first,
        "spread of sign-ups sharing it": spread,
    }.items():
        yield Probe("accounts", name, aggregate, "value", np.where(known, values[codes], np.nan))


def _neighbours(column: str, time: Ints) -> Iterator[Probe]:
    """How close the same moment of other accounts is."""
    order = np.argsort(time, kind="stable")
    sorted_ = time[order]
    for name, width in (("an hour", MS_PER_HOUR), ("a minute", MS_PER_MINUTE)):
        low = np.searchsorted(sorted_, time - width)
        high = np.searchsorted(sorted_, time + width, side="right")
        yield Probe("accounts", column, f"accounts within {name} of it", "value",
                    (high - low).astype(np.float64))  # fmt: skip
    gap = np.diff(sorted_).astype(np.float64)
    nearest = np.minimum(np.append(np.inf, gap), np.append(gap, np.inf))
    values = np.empty(len(time))
    values[order] = np.where(np.isfinite(nearest), nearest, np.nan)
    yield Probe("accounts", column, "time to the nearest account", "value", values)
