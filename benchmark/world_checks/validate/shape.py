"""Does each file have the shape that the format specifies? All other checks need this."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check, not_applicable
from shamcrowd.recording.columns import NEVER_NULL, Table
from shamcrowd.recording.counting import counted
from shamcrowd.recording.days import stem_range
from shamcrowd.recording.errors import RecordingError, UnreadableError
from shamcrowd.recording.manifest import NAME
from shamcrowd.recording.schema import ACCOUNTS, ENTITIES, STREAMS
from shamcrowd.recording.table_file import count_rows, read_schema, read_table
from shamcrowd.recording.truth_schema import TRUTH_ACCOUNTS, TRUTH_REQUESTS
from shamcrowd.recording.whole import verify
from shamcrowd.recording.writing import digest

FLAGS = TRUTH_REQUESTS.name
IN_PARTS = {*(stream.name for stream in STREAMS), FLAGS}
FOLDERS = {*IN_PARTS, "truth"}


def check_shape(loaded: Loaded) -> list[Check]:
    """Names, bytes, columns, missing values, rows, content and ids, up to the first failure."""
    found: list[Check] = []
    for look in (_names, _bytes, _columns, _nulls, _row_for_row, _rows, _content, _ids):
        try:
            found.append(look(loaded))
        except UnreadableError as fault:
            found.append(Check("files: readable", False, str(fault)))
        if not found[-1].holds:
            break
    return found


def _names(loaded: Loaded) -> Check:
    """The files of every table and the manifest are there, and nothing else, no link either."""
    wrong: list[str] = []
    promised = {NAME, *loaded.manifest.files}
    there = set()
    for path in _everything(loaded.folder):
        name = path.relative_to(loaded.folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            wrong.append(f"{name} is a link, a pipe or a device, not a file")
        elif path.is_dir():
            wrong += [f"{name} is a folder of no table"] if name not in FOLDERS else []
        else:
            there.add(name)
            wrong += [f"{name} is not in {NAME}"] if name not in promised else []
    wrong += [f"{name} is missing" for name in sorted(promised - there)]
    for name in sorted(loaded.tables):
        files = loaded.files(name)
        wrong += [f"{name} has no file"] if not files else []
        if name in IN_PARTS:
            start = loaded.manifest.start
            wrong += [
                f"{name}/{path.name} is not named after a day"
                for path in files
                if not _of_a_day(path, start)
            ]
    known = {path for name in loaded.tables for path in loaded.files(name)}
    strange = [name for name in loaded.manifest.files if loaded.folder / name not in known]
    wrong += [f"{name} is of no table" for name in sorted(strange)]
    if loaded.labelled:
        rows, flags = ({p.name for p in loaded.files(n)} for n in ("requests", FLAGS))
        wrong += [f"{name} is not both in requests and in {FLAGS}" for name in sorted(rows ^ flags)]
    return _result(
        "files: names", wrong, f"{counted(len(there), 'file')}, those of the format and no other"
    )


def _bytes(loaded: Loaded) -> Check:
    """Every file has the bytes that the manifest promises."""
    wrong = []
    try:
        verify(loaded.folder, loaded.manifest, loaded.tables)
    except RecordingError as fault:
        wrong.append(f"{Path(fault.path).name}: {fault.what}")
    return _result("files: bytes", wrong, "every file is as it was written, byte for byte")


def _columns(loaded: Loaded) -> Check:
    """Every file has the columns of its table, of their types, in order, and no others."""
    wrong, many = [], 0
    for name, table, path in _tables(loaded):
        found = read_schema(path)
        many += len(found)
        there = f"{name}: {path.name}" if name in IN_PARTS else name
        wrong += [f"{there} lacks {c}" for c in table.names if c not in found.names]
        wrong += [f"{there} has an unknown column {c}" for c in found.names if c not in table.names]
        wrong += [
            f"{there}: {column.name} is {found.field(column.name).type}, not {column.type}"
            for column in table.columns
            if found.names.count(column.name) == 1 and found.field(column.name).type != column.type
        ]
        if not wrong and tuple(found.names) != table.names:
            wrong.append(f"{there} has its columns in another order, or twice")
    return _result("files: columns", wrong, f"{counted(many, 'column')} of the specified types")


def _nulls(loaded: Loaded) -> Check:
    """No value is missing where the format forbids it, and no number is infinite or none."""
    wrong = []
    for name, table, path in _tables(loaded):
        # A column declared as not nullable has no nulls and need not be read.
        found = read_schema(path)
        may = [c for c in _never(table) if found.field(c).nullable]
        floats = [c.name for c in table.columns if pa.types.is_floating(c.type)]
        rows = read_table(path, None, list(dict.fromkeys([*may, *floats])))
        wrong += [
            f"{name}: {path.name}, {counted(rows.column(c).null_count, 'value')} of {c} missing"
            for c in may
            if rows.column(c).null_count
        ]
        for column in floats:
            values = rows.column(column).drop_null().to_numpy()
            odd = int((~np.isfinite(values)).sum())
            wrong += [
                f"{name}: {path.name}, {column} has "
                f"{counted(odd, 'value that is no number', 'values that are no numbers')}"
            ] * (odd > 0)
    return _result("files: nulls", wrong, "no value is missing where the format forbids it")


def _row_for_row(loaded: Loaded) -> Check:
    """Each file of flags has as many rows as its requests file."""
    if not loaded.labelled:
        return not_applicable("a log alone has no truth", "files: row for row")[0]
    rows = {p.name: count_rows(p) for p in loaded.files("requests")}
    flags = {p.name: count_rows(p) for p in loaded.files(FLAGS)}
    wrong = [
        f"{name} has {counted(rows[name], 'request')}, {counted(flags[name], 'flag')}"
        for name in rows
        if rows[name] != flags[name]
    ]
    return _result("files: row for row", wrong, f"{sum(rows.values()):,} flags, one per request")


def _rows(loaded: Loaded) -> Check:
    """Each table has as many rows as the manifest says, and the manifest knows no other table."""
    promised, wrong, many = loaded.manifest.rows, [], 0
    for name in loaded.tables:
        found = sum(count_rows(path) for path in loaded.files(name))
        many += found
        if found != promised.get(name):
            wrong.append(f"{name} has {counted(found, 'row')}, {NAME} says {promised.get(name)}")
    wrong += [f"{NAME} counts rows of {name}" for name in promised if name not in loaded.tables]
    return _result("files: rows", wrong, f"{counted(many, 'row')}, as many as {NAME} says")


def _content(loaded: Loaded) -> Check:
    """The content of each table has the fingerprint that the manifest gives; texts are UTF-8."""
    wrong = []
    for name, table in loaded.tables.items():
        lines = []
        for path in loaded.files(name):
            rows = read_table(path, table.schema)
            try:
                rows.validate(full=True)
                lines.append(f"{path.name} {digest(rows)}")
            except (pa.ArrowException, UnicodeDecodeError) as fault:
                wrong.append(f"{name}: {path.name}, {' '.join(str(fault).split())}")
        made = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        if not wrong and made != loaded.manifest.fingerprints.get(name):
            wrong.append(f"{name} does not have the fingerprint in {NAME}")
    wrong += [f"{NAME} has a fingerprint of {n}" for n in loaded.manifest.fingerprints
              if n not in loaded.tables]  # fmt: skip
    return _result(
        "files: content", wrong, f"{counted(len(loaded.tables), 'table')} with their fingerprints"
    )


def _ids(loaded: Loaded) -> Check:
    """No id occurs twice in a table that has one row per id, and none is negative anywhere."""
    wrong, many = [], 0
    for table in (ACCOUNTS, *ENTITIES, *([TRUTH_ACCOUNTS] if loaded.labelled else [])):
        key = table.columns[0].name
        (path,) = loaded.files(table.name)
        ids = loaded.read(table.name, path, [key]).column(key).to_pandas()
        many += len(ids)
        if not ids.is_unique:
            wrong.append(
                f"{table.name}: "
                f"{counted(int(ids.duplicated().sum()), 'id occurs', 'ids occur')} more than once"
            )
        if (ids < 0).any():
            wrong.append(
                f"{table.name}: {counted(int((ids < 0).sum()), 'id is', 'ids are')} negative"
            )
    return _result("files: ids", wrong, f"{counted(many, 'id')}, none of them twice in its table")


def _everything(folder: Path) -> Iterator[Path]:
    """Everything below a folder; links are not followed."""
    for home, folders, files in os.walk(folder):
        for name in sorted([*folders, *files]):
            yield Path(home) / name


def _tables(loaded: Loaded) -> Iterator[tuple[str, Table, Path]]:
    for name, table in loaded.tables.items():
        for path in loaded.files(name):
            yield name, table, path


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
