"""Writes ranked accounts as CSV, Parquet or JSON, by the ending of the file's name."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from shamcrowd.recording.atomic import write_bytes
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.plain_text import csv_cell

if TYPE_CHECKING:
    import pandas as pd

ENDINGS = (".csv", ".parquet", ".json")


def check_ending(path: Path) -> None:
    """Check that a file's name says in which format it is to be written.

    Raises:
        UsageError: if it does not.
    """
    if path.suffix not in ENDINGS:
        raise UsageError(f"{path}: name a file that ends in {', '.join(ENDINGS)}")


def write_ranked(table: pd.DataFrame, path: Path) -> None:
    """Write ranked accounts in one step.

    Raises:
        UsageError: if the file cannot be written.
    """
    check_ending(path)
    into = io.BytesIO()
    if path.suffix == ".csv":
        table.rename(columns=csv_cell).map(csv_cell).to_csv(into, index=False)
    elif path.suffix == ".parquet":
        table.to_parquet(into, index=False)
    else:
        table.to_json(into, orient="records", indent=1)
    write_bytes(path, into.getvalue())
