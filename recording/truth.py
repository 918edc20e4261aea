"""The sealed truth of a recording. Detectors can't import this; the benchmark opens it only after
the findings are in.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.manifest import Manifest

if TYPE_CHECKING:
    import pandas as pd


class Truth:
    """Who was behind every account and request of one recording."""

    def __init__(self, folder: Path | str, *, partial: bool = False) -> None:
        """Open the truth of the recording in ``folder``; ``partial``: even if its run ended early.

        Raises:
            RecordingError: if it is no whole recording.
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
        """One row per account: ``shamcrowd.recording.truth_schema.TRUTH_ACCOUNTS``."""
        frame: pd.DataFrame = self._read("accounts.parquet").to_pandas()
        return frame

    def campaigns(self) -> pd.DataFrame:
        """One row per phase of each campaign:
        ``shamcrowd.recording.truth_schema.TRUTH_CAMPAIGNS``.
        """
        frame: pd.DataFrame = self._read("campaigns.parquet").to_pandas()
        return frame

    def supply(self) -> pd.DataFrame:
        """One row per thing that a campaign owns: `shamcrowd.recording.truth_schema`."""
        frame: pd.DataFrame = self._read("supply.parquet").to_pandas()
        return frame

    def responses(self) -> pd.DataFrame:
        """One row per step of a response: ``shamcrowd.recording.truth_schema.TRUTH_RESPONSES``."""
        frame: pd.DataFrame = self._read("responses.parquet").to_pandas()
        return frame

    def purse(self) -> pd.DataFrame:
        """What campaigns paid and earned: ``shamcrowd.recording.truth_schema.TRUTH_PURSE``."""
        frame: pd.DataFrame = self._read("purse.parquet").to_pandas()
        return frame

    def request_files(self) -> list[tuple[Path, Path]]:
        """Each requests file with the file of flags that stands row for row beside it."""
        return [
            (path, self.folder / "truth" / "requests" / path.name)
            for path in sorted((self.folder / "requests").glob("*.parquet"))
        ]
