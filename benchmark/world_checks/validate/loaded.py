"""A recording as the checks read it: small tables at once, requests file by file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from shamcrowd.recording.columns import Table
from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.manifest import NAME, Manifest
from shamcrowd.recording.optional_tables import OPTIONAL, VISIBLE
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.table_file import MAKE_AGAIN, read_table
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.truth_schema import TRUTH_TABLES
from shamcrowd.recording.whole import files_of
from shamcrowd.simulator.scenario.load import from_resolved
from shamcrowd.simulator.scenario.model import Scenario

Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Loaded:
    """An open recording; every table is read once, at first use."""

    folder: Path
    manifest: Manifest

    @classmethod
    def open(cls, folder: Path) -> Loaded:
        """Open the recording in ``folder``; nothing but its manifest is read yet.

        Raises:
            RecordingError: if it has no manifest, or not as it was written.
        """
        return cls(folder, Manifest.read(folder))

    @property
    def played(self) -> bool:
        """Is the whole recording what its scenario was played to?"""
        return self.manifest.synthetic and not self.manifest.injected

    @property
    def labelled(self) -> bool:
        """Must it have a truth? That of an imported log alone has none."""
        return not self.manifest.imported or any(n in self.manifest.rows for n in TRUTH_TABLES)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables that it must have, by name."""
        own = {name: table for name, table in OPTIONAL.items() if name in self.manifest.rows}
        return TABLES | own | (TRUTH_TABLES if self.labelled else {})

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario from its manifest.

        Raises:
            RecordingError: if this version cannot read it.
        """
        try:
            return from_resolved({**self.manifest.played, "id": self.manifest.scenario})
        except (KeyError, TypeError, AttributeError, ValueError) as fault:
            why = " ".join(str(fault).split())
            raise RecordingError(
                self.folder / NAME, f"its scenario cannot be read ({why})", MAKE_AGAIN
            ) from fault

    @cached_property
    def opened_truth(self) -> Truth:
        """The truth, once the files have the right shape."""
        return Truth(self.folder)

    @cached_property
    def truth(self) -> pd.DataFrame:
        """The truth about the accounts, by account."""
        return self.opened_truth.accounts().set_index("account").sort_index()

    @cached_property
    def phases(self) -> pd.DataFrame:
        """The phases of campaigns; times in ms."""
        return self.table("truth/campaigns")

    @cached_property
    def supply(self) -> pd.DataFrame:
        """The entities that campaigns own."""
        return self.opened_truth.supply()

    @cached_property
    def responses(self) -> pd.DataFrame:
        """The platform's actions on accounts; times in ms, a missing review as -1."""
        return self.table("truth/responses")

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """The accounts, by account; times in ms."""
        return self.table("accounts").set_index("account").sort_index()

    @cached_property
    def activity(self) -> pd.DataFrame:
        """All activity; times in ms, missing ids as -1."""
        parts = [_frame(self.read("activity", path)) for path in self.files("activity")]
        return pd.concat(parts, ignore_index=True)

    def table(self, name: str) -> pd.DataFrame:
        """One of the tables that are a single file."""
        return _frame(self.read(name, self.folder / f"{name}.parquet"))

    def files(self, name: str) -> list[Path]:
        """The files of a table, in the order of their names."""
        return [self.folder / file for file in files_of(self.manifest, name)]

    def read(self, name: str, path: Path, columns: list[str] | None = None) -> pa.Table:
        """One file of a table, or some of its columns.

        Raises:
            UnreadableError: if it cannot be read, or has not the table's columns.
        """
        return read_table(path, (VISIBLE | TRUTH_TABLES)[name].schema, columns)

    def request_tables(self, *columns: str) -> Iterator[pa.Table]:
        """Columns of each requests file."""
        for path in self.files("requests"):
            yield self.read("requests", path, list(columns))

    def requests(self, *columns: str) -> Iterator[tuple[Path, Columns]]:
        """Columns of each requests file, times in ms, and ``abusive`` if asked for."""
        if "abusive" not in columns:
            for path in self.files("requests"):
                table = self.read("requests", path, list(columns))
                yield path, {c: _plain(table.column(c)) for c in table.column_names}
            return
        truth = self.opened_truth
        for path, flags in truth.request_files():
            table = self.read("requests", path, [c for c in columns if c != "abusive"])
            found = {c: _plain(table.column(c)) for c in table.column_names}
            yield path, found | {"abusive": _plain(truth.abusive(path, flags))}


def _plain(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    if pa.types.is_integer(column.type) and column.null_count:
        column = column.fill_null(-1)
    values: npt.NDArray[Any] = np.asarray(column.to_numpy())
    return values


def _frame(table: pa.Table) -> pd.DataFrame:
    """A table with plain columns; categories as text."""
    columns = {}
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_dictionary(column.type):
            columns[name] = column.cast(column.type.value_type).to_pandas()
        else:
            columns[name] = _plain(column)
    return pd.DataFrame(columns)
