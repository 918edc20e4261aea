"""Reads the truth of a recording.

Detectors must not import this module; the benchmark opens the truth only after all findings are
saved.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.schema import REQUESTS
from shamcrowd.recording.table_file import MAKE_AGAIN, read_table
from shamcrowd.recording.truth_schema import TRUTH_ACCOUNTS, TRUTH_REQUESTS, TRUTH_TABLES
from shamcrowd.recording.whole import files_of, verify

if TYPE_CHECKING:
    import pandas as pd


class Truth:
    """Who controlled every account, and which requests were abusive, in one recording."""

    def __init__(self, folder: Path | str, *, partial: bool = False) -> None:
        """Open the truth of the recording in ``folder``.

        Args:
            folder: the recording.
            partial: accept a recording whose simulation ended early.

        Raises:
            RecordingError: if it is not a complete recording, or any of its files, of the log too,
                is not as it was written.
        """
        self.folder = Path(folder)
        self.manifest = Manifest.read(self.folder, partial=partial)
        if self.manifest.imported and TRUTH_ACCOUNTS.name not in self.manifest.rows:
            raise RecordingError(
                self.folder,
                "has no truth, as it was imported",
                "`shamcrowd detect` ranks its accounts, `shamcrowd inject` adds labelled ones",
            )
        verify(self.folder, self.manifest)

    def _read(self, name: str) -> pd.DataFrame:
        table = f"truth/{name}"
        path = self.folder / f"{table}.parquet"
        frame: pd.DataFrame = read_table(path, TRUTH_TABLES[table].schema).to_pandas()
        return frame

    def accounts(self) -> pd.DataFrame:
        """Return one row per account: `shamcrowd.recording.truth_schema.TRUTH_ACCOUNTS`."""
        return self._read("accounts")

    def campaigns(self) -> pd.DataFrame:
        """Return one row per phase of a campaign: `truth_schema.TRUTH_CAMPAIGNS`."""
        return self._read("campaigns")

    def supply(self) -> pd.DataFrame:
        """Return one row per entity that a campaign owns: `truth_schema.TRUTH_SUPPLY`."""
        return self._read("supply")

    def responses(self) -> pd.DataFrame:
        """Return one row per step of a response: `truth_schema.TRUTH_RESPONSES`."""
        return self._read("responses")

    def levers(self) -> pd.DataFrame:
        """Return one row per thing blocked or slowed: `truth_schema.TRUTH_LEVERS`."""
        return self._read("levers")

    def wallets(self) -> pd.DataFrame:
        """Return what campaigns spent and earned: `truth_schema.TRUTH_WALLETS`."""
        return self._read("wallets")

    def abusive(self, requests: Path, flags: Path) -> pa.ChunkedArray:
        """Return whether each row of a requests file is abusive, in the order of that file.

        The two files are joined by ``request``, so that other programs may sort their rows.

        Args:
            requests: the requests file.
            flags: the truth file with the same requests.

        Raises:
            RecordingError: if a file cannot be read, or they do not hold the same requests.
        """
        asked = read_table(requests, REQUESTS.schema, ["request"])["request"]
        truth = read_table(flags, TRUTH_REQUESTS.schema)
        if asked.equals(truth["request"]):
            return truth["abusive"]
        ids, known = asked.to_numpy(), truth["request"].to_numpy()
        order = np.argsort(known, kind="stable")
        place = order.take(np.searchsorted(known, ids, sorter=order), mode="clip")
        if len(ids) != len(known) or not np.array_equal(known[place], ids):
            raise RecordingError(
                flags, f"holds other requests than {requests.name} beside it", MAKE_AGAIN
            )
        return truth["abusive"].take(pa.array(place))

    def request_files(self) -> list[tuple[Path, Path]]:
        """Return each requests file, with the truth file about the same requests."""
        return [
            (self.folder / name, self.folder / "truth" / name)
            for name in files_of(self.manifest, REQUESTS.name)
        ]
