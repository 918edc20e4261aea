"""Probes of shared ids in a stream: aggregates over all rows with the same address or card."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from shamcrowd.benchmark.world_checks.audit.kinds import ColumnKind, kind_of
from shamcrowd.benchmark.world_checks.audit.probe import Floats, Ints, Probe, flags
from shamcrowd.benchmark.world_checks.audit.reading import RecordingTables
from shamcrowd.benchmark.world_checks.audit.runs import (
    Runs,
    RunValues,
    of_codes,
    of_numbers,
    pairs,
    runs,
    spread_out,
)
from shamcrowd.benchmark.world_checks.audit.stream_probes import StreamRows
from shamcrowd.benchmark.world_checks.audit.time_probes import NIGHT_ENDS
from shamcrowd.recording.columns import Column, Table
from shamcrowd.recording.units import MS_PER_HOUR


def shared_probes(
    tables: RecordingTables, spec: Table, rows: StreamRows, column: Column, many: int
) -> Iterator[Probe]:
    """For each account the mean, over its ids in a column, of aggregates over all rows with that
    id.

    Only columns in which some id is shared: other ids are covered by the account's own aggregates.
    """
    if kind_of(column) is not ColumnKind.ID:
        return
    columns = [c for c in spec.columns if c.name not in ("account", spec.seen)]
    codes = tables.column(spec.name, column.name).codes[rows.order]
    known = np.flatnonzero(codes >= 0)
    if not len(known):
        return
    owner = rows.owner[known]
    held = pairs(codes[known], runs(owner))
    if np.bincount(held.code).max() < 2:
        return
    # Codes are consecutive, so run k is code k.
    order = known[np.argsort(codes[known], kind="stable")]
    over = runs(codes[order])
    mine = runs(owner)
    for aggregate, values in _of_shared(tables, spec, columns, column, rows, order, over):
        yield Probe(spec.name, column.name, f"{aggregate}, over all who share it", "value",
                    _back(values, held, mine, many))  # fmt: skip


def _back(values: Floats, held: RunValues, mine: Runs, many: int) -> Floats:
    """Mean over the ids of each account."""
    over = runs(held.run)
    mean = np.add.reduceat(values[held.code], over.starts) / over.size
    return spread_out(mean, mine, many)


def _of_shared(
    tables: RecordingTables, spec: Table, columns: list[Column], own: Column, rows: StreamRows,
    order: Ints, over: Runs,
) -> Iterator[tuple[str, Floats]]:  # fmt: skip
    """Aggregates of all rows of each id; ``order`` sorts the rows by id."""
    time = rows.time[order].astype(np.float64)
    of_time = of_numbers(time, over)
    yield "first row", of_time["min"]
    yield "last row", of_time["max"]
    yield "first to last row", of_time["max"] - of_time["min"]
    yield "spread of time", of_time["spread"]
    night = flags(rows.time[order] // MS_PER_HOUR % 24 < NIGHT_ENDS)
    yield "rows at night", of_numbers(night, over)["mean"]
    for column in columns:
        kind = kind_of(column)
        if column.name == own.name or kind in (ColumnKind.TIME, ColumnKind.TEXT):
            continue
        found = tables.column(spec.name, column.name).take(rows.order).take(order)
        known = found.codes >= 0
        if not known.all():
            # Columns with missing values are probed per account; here a gap would break the runs.
            continue
        if kind is ColumnKind.NUMBER:
            for aggregate, values in of_numbers(found.numbers, over).items():
                yield f"{aggregate} of {column.name}", values
        for aggregate, values in of_codes(pairs(found.codes, over), over).items():
            yield f"{aggregate} of {column.name}", values
