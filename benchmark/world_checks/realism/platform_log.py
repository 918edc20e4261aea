"""The tables of a recording's legitimate accounts, for statistics of the platform."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.table_file import MAKE_AGAIN, read_table
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.whole import files_of

if TYPE_CHECKING:
    import pandas as pd


class PlatformLog:
    """What legitimate accounts left in the log of a recording.

    Accounts that are ever abused are left out entirely. Times are datetimes in UTC.

    Attributes:
        folder: the recording.
        days: length of the recording, days.
    """

    def __init__(self, folder: Path) -> None:
        """Open the recording in ``folder``.

        Raises:
            RecordingError: if it is not a complete recording.
        """
        self.folder = folder
        truth = Truth(folder)
        self._manifest = truth.manifest
        whose = truth.accounts()
        self._honest = pa.array(np.sort(whose.loc[whose["sham_from"].isna(), "account"].to_numpy()))
        self.days = (self._manifest.end - self._manifest.start) / MS_PER_DAY

    @cached_property
    def start(self) -> pd.Timestamp:
        """First moment of the recording."""
        import pandas as pd

        return pd.Timestamp(self._manifest.start, unit="ms", tz="UTC")

    @cached_property
    def end(self) -> pd.Timestamp:
        """First moment after the recording."""
        import pandas as pd

        return pd.Timestamp(self._manifest.end, unit="ms", tz="UTC")

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """Legitimate accounts, one row each, in order of their ids."""
        return self._read("accounts", None)

    @cached_property
    def activity(self) -> pd.DataFrame:
        """Their activity in order of time, with that before the recording, if there is any."""
        return self._read("activity", None).sort_values("time", kind="stable", ignore_index=True)

    def requests(self, *columns: str) -> pd.DataFrame:
        """Columns of their requests, in order of time within a day's file."""
        return self._read("requests", columns)

    def entities(self, table: str) -> pd.DataFrame:
        """A table of entities (``addresses``, ``devices``, ``cards``, ...) as a whole: they may be
        shared with accounts that are not legitimate.
        """
        frame: pd.DataFrame = self._table(table, None).to_pandas()
        return frame

    def _table(self, name: str, columns: tuple[str, ...] | None) -> pa.Table:
        names = list(columns) if columns else None
        paths = [self.folder / file for file in files_of(self._manifest, name)]
        if name not in TABLES or not paths:
            raise RecordingError(self.folder, f"table {name} is missing", MAKE_AGAIN)
        return pa.concat_tables([read_table(path, TABLES[name].schema, names) for path in paths])

    def _read(self, name: str, columns: tuple[str, ...] | None) -> pd.DataFrame:
        wanted = tuple(dict.fromkeys(("account", *columns))) if columns else None
        table = self._table(name, wanted)
        honest = pc.is_in(table.column("account"), self._honest)
        frame: pd.DataFrame = table.filter(honest).to_pandas()
        return frame


def enough(count: int, least: int, what: str) -> None:
    """Raise ``NotMeasurableError`` if there are fewer than ``least`` of something.

    >>> enough(3, 2, "charges")
    """
    if count < least:
        raise NotMeasurableError(f"fewer than {least:,} {what}")
