"""Reads tables that users have saved: CSV packed or not, and Parquet; with clear errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shamcrowd.recording.errors import ShamcrowdError, UsageError
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.units import Millis

if TYPE_CHECKING:
    import pandas as pd

EMPTY = ["", "NA", "NaN", "null", "None"]
"""How an empty cell is written."""


def read_saved(
    path: Path, columns: Sequence[str | Sequence[str]], *, names: Sequence[str] | None = None,
    delimiter: str = ",",
) -> pd.DataFrame:  # fmt: skip
    """Read columns of a table as text; empty cells are None.

    Args:
        path: the file; ``.parquet``, or CSV, also packed (``.gz``, ``.zip``, ``.zst``).
        columns: the columns wanted. For alternatives, the first that is there, under the first
            name.
        names: names of the columns of a file without a head.
        delimiter: of CSV; a regular expression if it has more than one letter.

    Raises:
        UsageError: if it cannot be read, or lacks a column.
    """
    import pandas as pd

    try:
        if path.suffix == ".parquet":
            frame = read_table(path, None, mend="save it again").to_pandas()
        else:
            engine: Literal["c", "python"] = "python" if len(delimiter) > 1 else "c"
            frame = pd.read_csv(
                path, sep=delimiter, names=None if names is None else list(names), dtype=str,
                keep_default_na=False, na_values=EMPTY, encoding_errors="replace", engine=engine,
            )  # fmt: skip
    except ShamcrowdError:
        raise
    except Exception as fault:  # each library that unpacks or parses raises its own
        raise UsageError(f"{path}: cannot be read as a table ({_line(fault)})") from None
    if frame.empty:
        raise UsageError(f"{path}: holds no row")
    found = {}
    for wanted in columns:
        ways = (wanted,) if isinstance(wanted, str) else wanted
        there = next((way for way in ways if way in frame.columns), None)
        if there is None:
            raise UsageError(
                f"{path}: has no column {' or '.join(ways)}; it has: "
                f"{', '.join(map(str, frame.columns[:12]))}"
            )
        found[ways[0]] = frame[there]
    return pd.DataFrame(found)


def numbers(column: pd.Series[Any], path: Path, what: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A column as numbers.

    Raises:
        UsageError: if a cell is none; names the first.
    """
    import pandas as pd

    values = pd.to_numeric(column, errors="coerce").to_numpy(np.float64)
    wrong = np.flatnonzero(~np.isfinite(values))
    if len(wrong):
        raise UsageError(
            f"{path}: {what} of row {wrong[0] + 1} is no number: {column.iloc[wrong[0]]!r}"
        )
    return values


def moments(column: pd.Series[Any], path: Path, what: str) -> Millis:
    """A column of moments as ms since 1970: dates, or numbers of seconds, without a zone in UTC.

    Raises:
        UsageError: if a cell is none; names the first.
    """
    import pandas as pd

    plain = pd.to_numeric(column, errors="coerce")
    if plain.notna().all():
        seconds = plain.to_numpy(np.float64)
        # A number of seconds has ten digits from 2001 to 2286, one of milliseconds thirteen.
        return np.where(np.abs(seconds) > 1e11, seconds, seconds * 1000).round().astype(np.int64)
    parsed = pd.to_datetime(column, errors="coerce", utc=True, format="mixed")
    wrong = np.flatnonzero(parsed.isna().to_numpy())
    if len(wrong):
        raise UsageError(
            f"{path}: {what} of row {wrong[0] + 1} is no moment: {column.iloc[wrong[0]]!r}"
        )
    return parsed.to_numpy("datetime64[ms]").astype(np.int64)


def _line(fault: Exception) -> str:
    return " ".join(str(fault).split())[:200]


def read_some(path: Path, columns: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Read columns of a CSV file as text, as far as they are there.

    Args:
        path: the file.
        columns: alternatives by the name that the column has in the result.
    """
    import pandas as pd

    of = {way: name for name, ways in columns.items() for way in ways}
    try:
        frame = pd.read_csv(path, dtype=str, usecols=lambda name: name in of)
    except Exception as fault:
        raise UsageError(f"{path}: cannot be read as a table ({_line(fault)})") from None
    frame = frame.rename(columns=of)
    return frame.loc[:, ~frame.columns.duplicated()]
