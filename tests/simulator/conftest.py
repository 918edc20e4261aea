"""Tables of the recordings that these tests look at."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.truth import Truth


@dataclass
class Played:
    """One recording, read whole."""

    folder: Path
    manifest: Manifest
    accounts: pd.DataFrame
    requests: pd.DataFrame
    activity: pd.DataFrame
    truth: pd.DataFrame

    def entity(self, name: str) -> pd.DataFrame:
        return pq.read_table(self.folder / f"{name}.parquet").to_pandas()


def read(folder: Path) -> Played:
    parts = []
    for path, flags in Truth(folder).request_files():
        rows = pq.read_table(path, partitioning=None).to_pandas()
        rows["abusive"] = pq.read_table(flags, partitioning=None)["abusive"].to_numpy()
        parts.append(rows.astype(dict.fromkeys(("model", "endpoint", "topic"), str)))
    activity = [
        pq.read_table(path, partitioning=None).to_pandas()
        for path in sorted((folder / "activity").glob("*.parquet"))
    ]
    return Played(
        folder,
        Manifest.read(folder),
        pq.read_table(folder / "accounts.parquet").to_pandas(),
        pd.concat(parts, ignore_index=True),
        pd.concat([a.astype({"kind": str}) for a in activity], ignore_index=True),
        Truth(folder).accounts(),
    )


@pytest.fixture(scope="session")
def played(quickstart) -> Played:
    return read(quickstart)


@pytest.fixture(scope="session")
def read_recording():
    return read
