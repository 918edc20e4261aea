"""The kind of values in a column, so that new columns are probed without being named here."""

from __future__ import annotations

from enum import Enum

import pyarrow as pa

from shamcrowd.recording.columns import ID, TIME, Column, Table
from shamcrowd.recording.schema import ENTITIES


class ColumnKind(Enum):
    """How the audit treats a column."""

    TIME = "time"
    ID = "id"
    HASH = "hash"
    NUMBER = "number"
    CATEGORY = "category"
    TEXT = "text"


def kind_of(column: Column) -> ColumnKind:
    """The kind of a column, by its type; an id is a 32-bit number without a unit.

    >>> from shamcrowd.recording.schema import REQUESTS
    >>> {c.name: kind_of(c).value for c in REQUESTS.columns if c.name in ("key", "input_tokens")}
    {'key': 'id', 'input_tokens': 'number'}
    """
    if column.type == TIME:
        return ColumnKind.TIME
    if column.type == ID and not column.unit:
        return ColumnKind.ID
    if column.type == pa.uint64():
        return ColumnKind.HASH
    if pa.types.is_dictionary(column.type):
        return ColumnKind.CATEGORY
    if pa.types.is_string(column.type):
        return ColumnKind.TEXT
    return ColumnKind.NUMBER


def entity_of(key: str) -> Table | None:
    """The entity table whose rows an id of this name points to, None if there is none.

    >>> entity_of("card").name, entity_of("session")
    ('cards', None)
    """
    return next((table for table in ENTITIES if table.columns[0].name == key), None)
