"""What is known of addresses, clients, devices, cards, phones and mailboxes that a page names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.reports.explorer.row_codes import Categories, Codes
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.table_file import read_table

SHOWN = {
    "addresses": ("prefix", "kind", "country", "asn"),
    "clients": ("sdk", "version", "os", "tls"),
    "devices": ("os", "browser", "language"),
    "cards": ("kind", "bin", "country"),
    "phones": ("block", "line", "country"),
    "mailboxes": ("domain", "local"),
}
"""Columns of each table that a page shows."""
KEYS = {
    "addresses": "address", "clients": "client", "devices": "device", "cards": "card",
    "phones": "phone", "mailboxes": "mailbox",
}  # fmt: skip


@dataclass(frozen=True)
class EntityTable:
    """The rows of one table, ascending by id: ``ids``, and a code and names for each column."""

    ids: npt.NDArray[np.int64]
    codes: dict[str, Codes]
    names: dict[str, list[str]]

    def ordered(self, order: Codes) -> EntityTable:
        """The rows in another order, or some of them."""
        return EntityTable(
            self.ids[order], {name: c[order] for name, c in self.codes.items()}, self.names
        )


def read_entities(folder: Path) -> dict[str, EntityTable]:
    """Every entity table of the recording in ``folder``.

    Raises:
        UnreadableError: if a table cannot be read.
    """
    found = {}
    for table, columns in SHOWN.items():
        rows = read_table(
            folder / f"{table}.parquet", TABLES[table].schema, [KEYS[table], *columns]
        )
        ids: npt.NDArray[Any] = rows.column(KEYS[table]).to_numpy().astype(np.int64)
        order = np.argsort(ids, kind="stable")
        codes, names = {}, {}
        for column in columns:
            held = Categories()
            codes[column] = held.codes(rows.column(column))[order]
            names[column] = held.names
        found[table] = EntityTable(ids[order], codes, names)
    return found
