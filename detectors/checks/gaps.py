"""Logs that lack what a schema allows them to lack, or that an imported log lacks."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from shamcrowd.recording.columns import NEVER_NULL, TIME
from shamcrowd.recording.optional_tables import VISIBLE
from shamcrowd.recording.samples import Sample
from shamcrowd.recording.units import MS_PER_DAY

ENTITIES = ("addresses", "clients", "devices", "cards", "phones", "mailboxes")
SHARE = 0.3
"""Share of values and of rows that are taken away."""


def without_values(log: Sample, seed: int, share: float = SHARE) -> Sample:
    """Take away values wherever a column may be null."""
    rng = np.random.default_rng(seed)
    tables = {}
    for key, table in log.tables.items():
        for column in VISIBLE[key].columns:
            if column.null != NEVER_NULL and column.name in table.column_names:
                place = table.column_names.index(column.name)
                gone = pa.array(rng.random(table.num_rows) < share)
                kept = pa.compute.if_else(gone, None, table.column(place))
                table = table.set_column(place, table.field(place), kept)
        tables[key] = table
    return Sample(tables, log.start, log.crowd)


def without_entities(log: Sample, seed: int, share: float = SHARE) -> Sample:
    """Take away rows of the tables of entities, so that ids lead nowhere."""
    rng = np.random.default_rng(seed)
    tables = dict(log.tables)
    for key in ENTITIES:
        tables[key] = tables[key].filter(pa.array(rng.random(tables[key].num_rows) >= share))
    return Sample(tables, log.start, log.crowd)


def at_one_moment(log: Sample) -> Sample:
    """Let everything happen at the start of the second day."""
    moment = log.start + MS_PER_DAY
    tables = {}
    for key, table in log.tables.items():
        for place, field in enumerate(table.schema):
            if field.type == TIME:
                same = pa.array(np.full(table.num_rows, moment)).cast(TIME)
                table = table.set_column(place, field, same)
        tables[key] = table
    return Sample(tables, log.start, log.crowd)
