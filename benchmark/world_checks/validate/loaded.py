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
import pyarrow.parquet as pq

from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.manifest import NAME, Manifest
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.whole import check_rows
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
        """Open the recording in ``folder``.

        Raises:
            RecordingError: if it is not a complete recording.
        """
        manifest = Manifest.read(folder)
        for table, promised in manifest.rows.items():
            check_rows(folder, table, promised)
        return cls(folder, manifest)

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
                f"{self.folder / NAME}: its scenario cannot be read ({why}); make it again"
            ) from fault

    @cached_property
    def truth(self) -> pd.DataFrame:
        """The truth about the accounts, by account."""
        return Truth(self.folder).accounts().set_index("account").sort_index()

    @cached_property
    def phases(self) -> pd.DataFrame:
        """The phases of campaigns; times in ms."""
        return _frame(read(self.folder / "truth" / "campaigns.parquet"))

    @cached_property
    def supply(self) -> pd.DataFrame:
        """The entities that campaigns own."""
        return Truth(self.folder).supply()

    @cached_property
    def responses(self) -> pd.DataFrame:
        """The platform's actions on accounts; times in ms, a missing review as -1."""
        return _frame(read(self.folder / "truth" / "responses.parquet"))

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """The accounts, by account; times in ms."""
        return self.table("accounts").set_index("account").sort_index()

    @cached_property
    def activity(self) -> pd.DataFrame:
        """All activity; times in ms, missing ids as -1."""
        parts = [_frame(read(path)) for path in sorted((self.folder / "activity").glob("*"))]
        return pd.concat(parts, ignore_index=True)

    def table(self, name: str) -> pd.DataFrame:
        """One of the tables that are a single file."""
        return _frame(read(self.folder / f"{name}.parquet"))

    def request_tables(self, *columns: str) -> Iterator[pa.Table]:
        """Columns of each requests file."""
        for path, _ in Truth(self.folder).request_files():
            yield read(path, list(columns))

    def requests(self, *columns: str) -> Iterator[tuple[Path, Columns]]:
        """Columns of each requests file, times in ms, and ``abusive`` if asked for."""
        truth = Truth(self.folder)
        for path, flags in truth.request_files():
            table = read(path, [c for c in columns if c != "abusive"])
            found = {c: _plain(table.column(c)) for c in table.column_names}
            if "abusive" in columns:
                found["abusive"] = _plain(truth.abusive(path, flags))
            yield path, found


def read(path: Path, columns: list[str] | None = None) -> pa.Table:
    """One Parquet file, or some of its columns.

    Raises:
        RecordingError: if it cannot be read.
    """
    try:
        return pq.read_table(path, columns=columns, partitioning=None)
    except (OSError, pa.ArrowException, KeyError) as fault:
        raise RecordingError(f"{path}: cannot be read ({fault}); make it again") from fault


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
