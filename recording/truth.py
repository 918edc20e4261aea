"""Reads the truth of a recording.

Detectors must not import this module; the benchmark opens the truth only after all findings are
saved.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.manifest import Manifest

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
            RecordingError: if it is not a complete recording.
        """
        self.folder = Path(folder)
        self.manifest = Manifest.read(self.folder, partial=partial)

    def _read(self, name: str) -> pa.Table:
        path = self.folder / "truth" / name
        try:
            return pq.read_table(path, partitioning=None)
        except (OSError, pa.ArrowException) as fault:
            raise RecordingError(f"{path}: cannot be read ({fault}); make it again") from fault

    def accounts(self) -> pd.DataFrame:
        """Return one row per account: `shamcrowd.recording.truth_schema.TRUTH_ACCOUNTS`."""
        frame: pd.DataFrame = self._read("accounts.parquet").to_pandas()
        return frame

    def campaigns(self) -> pd.DataFrame:
        """Return one row per phase of a campaign: `truth_schema.TRUTH_CAMPAIGNS`."""
        frame: pd.DataFrame = self._read("campaigns.parquet").to_pandas()
        return frame

    def supply(self) -> pd.DataFrame:
        """Return one row per entity that a campaign owns: `truth_schema.TRUTH_SUPPLY`."""
        frame: pd.DataFrame = self._read("supply.parquet").to_pandas()
        return frame

    def responses(self) -> pd.DataFrame:
        """Return one row per step of a response: `truth_schema.TRUTH_RESPONSES`."""
        frame: pd.DataFrame = self._read("responses.parquet").to_pandas()
        return frame

    def purse(self) -> pd.DataFrame:
        """Return what campaigns spent and earned: `truth_schema.TRUTH_PURSE`."""
        frame: pd.DataFrame = self._read("purse.parquet").to_pandas()
        return frame

    def abusive(self, requests: Path, flags: Path) -> pa.ChunkedArray:
        """Return whether each row of a requests file is abusive, in the order of that file.

        The two files are joined by ``request``, so that other programs may sort their rows.

        Args:
            requests: the requests file.
            flags: the truth file with the same requests.

        Raises:
            RecordingError: if a file cannot be read, or they do not hold the same requests.
        """
        try:
            asked = pq.read_table(requests, columns=["request"], partitioning=None)["request"]
            truth = pq.read_table(flags, partitioning=None)
        except (OSError, pa.ArrowException, LookupError) as fault:
            raise RecordingError(f"{flags}: cannot be read ({fault}); make it again") from fault
        if asked.equals(truth["request"]):
            return truth["abusive"]
        ids, known = asked.to_numpy(), truth["request"].to_numpy()
        order = np.argsort(known, kind="stable")
        place = order.take(np.searchsorted(known, ids, sorter=order), mode="clip")
        if len(ids) != len(known) or not np.array_equal(known[place], ids):
            raise RecordingError(
                f"{flags}: holds other requests than {requests.name} beside it; make it again"
            )
        return truth["abusive"].take(pa.array(place))

    def request_files(self) -> list[tuple[Path, Path]]:
        """Return each requests file, with the truth file about the same requests."""
        return [
            (path, self.folder / "truth" / "requests" / path.name)
            for path in sorted((self.folder / "requests").glob("*.parquet"))
        ]
