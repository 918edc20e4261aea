"""The recording that campaigns are injected into: its tables, and figures to fit them to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.schema import STREAMS, TABLES
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, Millis
from shamcrowd.recording.whole import files_of, verify

if TYPE_CHECKING:
    import pandas as pd

SAMPLE = 500_000
"""Requests, evenly over the log, that distributions are taken from."""
RESOLUTIONS = (60_000, 1_000, 100, 10)
"""Steps of moments that a log may have, ms."""
SAMPLED = ("time", "account", "model", "input_tokens", "output_tokens", "duration", "status",
           "sketch", "session", "conversation")  # fmt: skip


@dataclass(frozen=True)
class LogTables:
    """The tables of a recording's log.

    Attributes:
        folder: the recording.
        manifest: its manifest.
    """

    folder: Path
    manifest: Manifest

    @classmethod
    def open(cls, folder: Path) -> LogTables:
        """Open the recording in ``folder``.

        Raises:
            RecordingError: if it is none, or a table is not as it was written.
        """
        manifest = Manifest.read(folder)
        verify(folder, manifest, TABLES)
        return cls(folder, manifest)

    def files(self, name: str) -> list[Path]:
        """The files of a table."""
        return [self.folder / file for file in files_of(self.manifest, name)]

    def arrow(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A whole table, or columns of it."""
        schema = TABLES[name].schema
        chosen = list(columns) if columns is not None else None
        parts = [read_table(path, schema, chosen) for path in self.files(name)]
        return pa.concat_tables(parts).unify_dictionaries()

    def frame(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """The same as pandas; moments in ms since 1970, words as objects, ids as float if null."""
        return plain(self.arrow(name, columns))

    def is_recorded(self, table: str, column: str) -> bool:
        """Whether the log has a column."""
        return column not in self.manifest.not_recorded.get(table, ())

    @cached_property
    def sample(self) -> pd.DataFrame:
        """Requests, evenly over the log, at most about `SAMPLE`."""
        import pandas as pd

        step = max(1, -(-self.manifest.rows["requests"] // SAMPLE))
        parts = []
        for path in self.files("requests"):
            part = read_table(path, TABLES["requests"].schema, list(SAMPLED))
            parts.append(plain(part.take(pa.array(np.arange(0, part.num_rows, step)))))
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def resolution(self) -> int:
        """The step of the moments of requests, ms."""
        times = self.sample["time"].to_numpy(np.int64)
        return next((step for step in RESOLUTIONS if len(times) and not (times % step).any()), 1)

    @cached_property
    def sessions_are_conversations(self) -> bool:
        """Whether the log has one id for both, as most gateways do."""
        pairs = self.sample[["session", "conversation"]].drop_duplicates()
        return not (pairs["session"].duplicated().any() or pairs["conversation"].duplicated().any())

    @cached_property
    def models(self) -> dict[str, int]:
        """When each model was first asked, ms since 1970; the most popular model first."""
        rows = self.sample.groupby("model")["time"].agg(["size", "min"])
        rows = rows.sort_values(["size", "min"], ascending=[False, True], kind="stable")
        return {str(name): int(first) for name, first in rows["min"].items()}

    def ids(self, *columns: str) -> npt.NDArray[np.int64]:
        """All ids in columns that are given as ``table.column``, each once."""
        found = [np.empty(0, np.int64)]
        for column in columns:
            table, _, name = column.partition(".")
            for path in self.files(table):
                part = read_table(path, TABLES[table].schema, [name])[name].drop_null()
                found.append(np.unique(part.to_numpy()).astype(np.int64))
        return np.unique(np.concatenate(found))

    def users(self, column: str) -> pd.Series:
        """The number of accounts that use each thing, by its id, over all tables that name it."""
        import pandas as pd

        pairs = []
        for name in ("accounts", *(s.name for s in STREAMS)):
            if column in TABLES[name].names:
                rows = self.frame(name, ["account", column]).dropna().drop_duplicates()
                pairs.append(rows.astype(np.int64))
        whole = pd.concat(pairs, ignore_index=True).drop_duplicates()
        return whole.groupby(column)["account"].size()


def plain(table: pa.Table) -> pd.DataFrame:
    """A table as pandas; moments in ms since 1970, categories as words."""
    columns = []
    for column, field in zip(table.columns, table.schema, strict=True):
        kind = field.type
        if pa.types.is_timestamp(kind):
            column = column.cast(pa.int64())
        elif pa.types.is_dictionary(kind):
            column = column.cast(pa.string())
        columns.append(column)
    frame: pd.DataFrame = pa.table(columns, names=table.column_names).to_pandas()
    return frame


def times_of_day(time: Millis) -> npt.NDArray[np.float64]:
    """Hours since midnight (UTC) of moments."""
    hours: npt.NDArray[np.float64] = (time % MS_PER_DAY) / MS_PER_HOUR
    return hours
