"""Variants of a log that should not change a detector's scores: ids, row order, clock."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from shamcrowd.recording.columns import ID, TIME
from shamcrowd.recording.optional_tables import VISIBLE
from shamcrowd.recording.samples import Sample


def renamed(log: Sample, seed: int) -> tuple[Sample, dict[int, int]]:
    """Replace every id; also return the new id of each old account id."""
    rng = np.random.default_rng(seed)
    names = {c.name for t in VISIBLE.values() for c in t.columns if c.type == ID and not c.unit}
    maps: dict[str, dict[int, int]] = {}
    for name in sorted(names):
        old = sorted(
            {
                value
                for table in log.tables.values()
                if name in table.column_names
                for value in table.column(name).to_pylist()
                if value is not None
            }
        )
        new = rng.choice(2**31 - 1, len(old), replace=False).tolist()
        maps[name] = dict(zip(old, new, strict=True))
    tables = {}
    for key, table in log.tables.items():
        for i, name in enumerate(table.column_names):
            if name in maps:
                values = [maps[name].get(v) for v in table.column(name).to_pylist()]
                table = table.set_column(i, table.field(name), pa.array(values, ID))
        tables[key] = table
    crowd = np.array([maps["account"][a] for a in log.crowd.tolist()], np.int32)
    return Sample(tables, log.start, crowd), maps["account"]


def shuffled(log: Sample, seed: int) -> Sample:
    """Shuffle the rows of every table (a view still sorts the streams by time)."""
    rng = np.random.default_rng(seed)
    tables = {
        name: table.take(pa.array(rng.permutation(table.num_rows)))
        for name, table in log.tables.items()
    }
    return Sample(tables, log.start, log.crowd)


def shifted(log: Sample, ms: int) -> Sample:
    """Shift every moment by ``ms`` milliseconds."""
    tables = {}
    for key, table in log.tables.items():
        for i, field in enumerate(table.schema):
            if field.type == TIME:
                moved = table.column(i).cast(pa.int64()).to_numpy() + ms
                table = table.set_column(i, field, pa.array(moved).cast(TIME))
        tables[key] = table
    return Sample(tables, log.start + ms, log.crowd)


def until(log: Sample, moment: int) -> Sample:
    """Drop the rows that become visible after ``moment`` (ms since 1970)."""
    tables = {}
    for name, table in log.tables.items():
        seen = table.column(VISIBLE[name].seen).cast(pa.int64()).to_numpy()
        tables[name] = table.filter(pa.array(seen <= moment))
    return Sample(tables, log.start, log.crowd)
