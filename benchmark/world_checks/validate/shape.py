"""Does each file have the shape that the format specifies? All other checks need this."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded, read
from shamcrowd.benchmark.world_checks.validate.outcome import Check
from shamcrowd.recording.days import stem_range
from shamcrowd.recording.schema import ACCOUNTS, ENTITIES, NEVER_NULL, STREAMS, TABLES, Table
from shamcrowd.recording.truth_schema import TRUTH_ACCOUNTS, TRUTH_REQUESTS, TRUTH_TABLES

FLAGS = TRUTH_REQUESTS.name
IN_PARTS = {*(stream.name for stream in STREAMS), FLAGS}


def check_shape(loaded: Loaded) -> list[Check]:
    """Names, columns, missing values, rows of the truth and ids, up to the first failure."""
    found: list[Check] = []
    for look in (_names, _columns, _nulls, _beside, _ids):
        found.append(look(loaded))
        if not found[-1].holds:
            break
    return found


def _names(loaded: Loaded) -> Check:
    """Files of streams are named after a day, and each requests file has a file of flags."""
    wrong, many = [], 0
    for name in sorted(IN_PARTS):
        for path in sorted((loaded.folder / name).glob("*")):
            many += 1
            if not _of_a_day(path, loaded.manifest.start):
                wrong.append(f"{name}/{path.name} is not named after a day")
    rows, flags = ({p.name for p in _files(loaded, n)} for n in ("requests", FLAGS))
    wrong += [f"{name} is not both in requests and in {FLAGS}" for name in sorted(rows ^ flags)]
    wrong += [
        f"{path.name} is missing"
        for name in TABLES | TRUTH_TABLES
        for path in _files(loaded, name)
        if not path.is_file()
    ]
    return _result("files: names", wrong, f"{many:,} files, each named after its day")


def _columns(loaded: Loaded) -> Check:
    """Every file has the columns of its table, of their types, and no others."""
    wrong, many = [], 0
    for name, table in (TABLES | TRUTH_TABLES).items():
        for path in _files(loaded, name):
            found = pq.read_schema(path)
            many += len(found)
            there = f"{name}: {path.name}" if name in IN_PARTS else name
            wrong += [f"{there} lacks {c}" for c in table.names if c not in found.names]
            wrong += [
                f"{there} has an unknown column {c}" for c in found.names if c not in table.names
            ]
            wrong += [
                f"{there}: {column.name} is {found.field(column.name).type}, not {column.type}"
                for column in table.columns
                if column.name in found.names and found.field(column.name).type != column.type
            ]
    return _result("files: columns", wrong, f"{many:,} columns of the specified types")


def _nulls(loaded: Loaded) -> Check:
    """No value is missing where the format forbids it."""
    wrong = []
    for name, table in (TABLES | TRUTH_TABLES).items():
        for path in _files(loaded, name):
            found = pq.read_schema(path)
            # A column declared as not nullable has no nulls and need not be read.
            may = [c for c in _never(table) if found.field(c).nullable]
            rows = read(path, may) if may else pa.table({})
            wrong += [
                f"{name}: {path.name}, {rows.column(c).null_count:,} values of {c} missing"
                for c in may
                if rows.column(c).null_count
            ]
    return _result("files: nulls", wrong, "no value is missing where the format forbids it")


def _beside(loaded: Loaded) -> Check:
    """Each file of flags has as many rows as its requests file."""
    rows = {p.name: pq.read_metadata(p).num_rows for p in _files(loaded, "requests")}
    flags = {p.name: pq.read_metadata(p).num_rows for p in _files(loaded, FLAGS)}
    wrong = [
        f"{name} has {rows[name]:,} requests, {flags[name]:,} flags"
        for name in rows
        if rows[name] != flags[name]
    ]
    return _result("files: row for row", wrong, f"{sum(rows.values()):,} flags, one per request")


def _ids(loaded: Loaded) -> Check:
    """No id occurs twice in a table that has one row per id."""
    wrong, many = [], 0
    for table in (ACCOUNTS, TRUTH_ACCOUNTS, *ENTITIES):
        key = table.columns[0].name
        ids = read(loaded.folder / f"{table.name}.parquet", [key]).column(key).to_pandas()
        many += len(ids)
        if not ids.is_unique:
            wrong.append(f"{table.name}: {int(ids.duplicated().sum()):,} ids occur more than once")
    return _result("files: ids", wrong, f"{many:,} ids, none of them twice in its table")


def _files(loaded: Loaded, name: str) -> list[Path]:
    if name in IN_PARTS:
        return sorted((loaded.folder / name).glob("*.parquet"))
    return [loaded.folder / f"{name}.parquet"]


def _never(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.null == NEVER_NULL]


def _of_a_day(path: Path, start: int) -> bool:
    stem, _, shard = path.stem.rpartition("-")
    if path.suffix != ".parquet" or not stem or not shard.isdecimal():
        return False
    try:
        stem_range(path.name, start)
    except ValueError:
        return False
    return True


def _result(name: str, wrong: list[str], fine: str) -> Check:
    more = f" (and {len(wrong) - 1:,} more)" if len(wrong) > 1 else ""
    return Check(name, not wrong, wrong[0] + more if wrong else fine)
