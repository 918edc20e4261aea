"""Reads the traffic to measure: a recording, a file, or a data frame."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv

from shamcrowd.benchmark.world_checks.realism.legitimate import legitimate
from shamcrowd.benchmark.world_checks.realism.table import OPTIONAL, REQUIRED, as_traffic
from shamcrowd.benchmark.world_checks.realism.traffic import RequestTraffic
from shamcrowd.recording.errors import RecordingError, UnreadableError, UsageError
from shamcrowd.recording.regular_file import check_regular
from shamcrowd.recording.table_file import column_names, read_table

if TYPE_CHECKING:
    import pandas as pd

MEND = "check or write it again"
COLUMNS = (*REQUIRED, *OPTIONAL)


def read(source: Path | str | pd.DataFrame) -> RequestTraffic:
    """The traffic of ``source``: see
    ``shamcrowd.benchmark.world_checks.realism.judging.scorecard``.

    Raises:
        UnreadableError: if the file cannot be read.
        UsageError: if a column cannot be used.
        RecordingError: if a folder is no whole recording.
        NothingToJudgeError: if there is no legitimate request.
    """
    if not isinstance(source, Path | str):
        return as_traffic(_from_frame(source), "data frame")
    path = Path(source)
    if path.is_dir():
        try:
            return as_traffic(legitimate(path), str(path))
        except RecordingError as fault:
            mend = f"{fault.mend}, or give a .parquet or .csv file"
            raise RecordingError(fault.path, fault.what, mend) from fault
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder; check the path")
    readers = {".parquet": _from_parquet, ".csv": _from_csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UsageError(
            f"{path}: neither a recording's folder nor a .parquet or .csv file; convert it"
        )
    check_regular(path, MEND)
    try:
        table = reader(path)
    except (OSError, pa.ArrowException, UnicodeDecodeError) as fault:
        message = " ".join(str(fault).split())
        raise UnreadableError(path, f"cannot be read ({message})", MEND) from fault
    return as_traffic(table, str(path))


def _from_parquet(path: Path) -> pa.Table:
    names = column_names(path, mend=MEND)
    return read_table(path, None, [n for n in COLUMNS if n in names], mend=MEND)


def _from_csv(path: Path) -> pa.Table:
    with pyarrow.csv.open_csv(path) as beginning:
        names = beginning.schema.names
    wanted = [n for n in COLUMNS if n in names]
    if not wanted:
        return pa.table({})
    # Ids are read as text, so that a column of numbers with some words can be read.
    types = {"client": pa.string(), "conversation": pa.string()}
    return pyarrow.csv.read_csv(
        path,
        convert_options=pyarrow.csv.ConvertOptions(
            include_columns=wanted, column_types={n: t for n, t in types.items() if n in wanted},
            null_values=[""], strings_can_be_null=True,
        ),
    )  # fmt: skip


def _from_frame(frame: pd.DataFrame) -> pa.Table:
    try:
        return pa.Table.from_pandas(
            frame[[n for n in COLUMNS if n in frame.columns]], preserve_index=False
        )
    except (pa.ArrowException, ValueError) as fault:
        raise UsageError(
            f"data frame: cannot be read ({fault}); give columns of one kind each, each once"
        ) from fault
