"""Writing a recording: aside first, the manifest last, then one rename.

A recording is written into ``NAME.partial`` beside its final place. Only when every table is
there is the manifest written and the folder renamed, so that a half-written one is never taken
for whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shamcrowd.recording.atomic import PARTIAL, begin_folder, partial_path, publish, remove
from shamcrowd.recording.days import file_name
from shamcrowd.recording.errors import FolderInUseError
from shamcrowd.recording.live import LIVE
from shamcrowd.recording.manifest import NAME, Manifest
from shamcrowd.recording.schema import STREAMS, TABLES, Table
from shamcrowd.recording.truth_schema import TRUTH_TABLES

ROW_GROUP = 1_000_000

_FEW_VALUES = ("client", "input_tokens", "output_tokens", "status")
"""Requests columns that a Parquet dictionary shrinks, faster than a codec does; ids hardly shrink
at all, so nothing of the hot table is compressed."""


@dataclass(frozen=True)
class Written:
    """One finished file: rows and SHA-256 of its content."""

    name: str
    rows: int
    digest: str


def digest(table: pa.Table) -> str:
    """SHA-256 of a table's content: values, not bytes on disk.

    >>> one = pa.table({"a": pa.array([1, 2], pa.int32())})
    >>> digest(one) == digest(pa.concat_tables([one.slice(0, 1), one.slice(1)]))
    True
    """
    sha = hashlib.sha256()
    for name, column in zip(table.column_names, table.columns, strict=True):
        sha.update(name.encode())
        if pa.types.is_primitive(column.type) and not column.null_count:
            for chunk in column.chunks:
                sha.update(_values(chunk).data)
            continue
        array = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
        if array.null_count:
            sha.update(array.is_null().to_numpy(zero_copy_only=False))
        if pa.types.is_dictionary(array.type):
            sha.update("\0".join(map(str, array.dictionary.to_pylist())).encode())
            array = array.indices
        if pa.types.is_string(array.type):
            array = array.fill_null("") if array.null_count else array
            sha.update(pc.binary_length(array).to_numpy(zero_copy_only=False))
            offsets = np.frombuffer(array.buffers()[1], np.int32)
            first, last = offsets[array.offset], offsets[array.offset + len(array)]
            data = array.buffers()[2]
            if data is not None:
                sha.update(memoryview(data)[first:last])
            continue
        if pa.types.is_timestamp(array.type):
            array = array.cast(pa.int64())
        sha.update(_values(array.fill_null(0) if array.null_count else array).data)
    return sha.hexdigest()


def _values(array: pa.Array) -> npt.NDArray[Any]:
    """Values of an array of numbers or moments without a null."""
    if pa.types.is_timestamp(array.type):
        array = array.cast(pa.int64())
    return np.ascontiguousarray(array.to_numpy(zero_copy_only=False))


def write_parquet(table: pa.Table, schema: Table, path: Path) -> None:
    """Write one Parquet file with the settings of its table."""
    hot = schema.name == "requests"
    coded = [c.name for c in schema.columns if pa.types.is_dictionary(c.type)]
    pq.write_table(
        table,
        path,
        row_group_size=ROW_GROUP,
        compression="NONE" if hot else "ZSTD",
        use_dictionary=[*coded, *_FEW_VALUES] if hot else coded,
        write_statistics=["time", "account"] if hot else True,
        column_encoding={"time": "DELTA_BINARY_PACKED"} if "time" in schema.names else None,
        store_schema=True,
    )


def write_file(table: pa.Table, schema: Table, path: Path) -> Written:
    """Write one Parquet file and say what is in it."""
    table = table.cast(schema.schema) if table.schema != schema.schema else table
    write_parquet(table, schema, path)
    return Written(path.name, table.num_rows, digest(table))


class RecordingWriter:
    """A recording being made at ``folder``; use it as a context manager.

    ``finish`` makes it whole, or leaves a partial one aside; leaving the block without removes what
    was written.
    """

    def __init__(self, folder: Path) -> None:
        """Make ready to write.

        Raises:
            FolderInUseError: if ``folder`` holds anything but a recording of ours.
        """
        refuse_foreign(folder)
        self.folder = folder
        self.aside = partial_path(folder)
        if self.aside.is_dir():
            _refuse_strangers(self.aside)
        self._written: dict[str, list[Written]] = {}
        self._kept = False

    def __enter__(self) -> RecordingWriter:
        begin_folder(self.folder)
        for table in (*STREAMS, TRUTH_TABLES["truth/requests"]):
            (self.aside / table.name).mkdir(parents=True)
        return self

    def __exit__(self, *error: object) -> None:
        if not self._kept:
            remove(self.aside)

    def table(self, name: str, table: pa.Table) -> None:
        """Write a whole table in one file."""
        schema = (TABLES | TRUTH_TABLES)[name]
        self.note(name, [write_file(table, schema, self.aside / f"{name}.parquet")])

    def note(self, name: str, files: Iterable[Written]) -> None:
        """Take account of files of table ``name``, whoever wrote them."""
        self._written.setdefault(name, []).extend(files)

    @property
    def rows(self) -> dict[str, int]:
        """Rows written so far, by table."""
        return {name: sum(f.rows for f in files) for name, files in sorted(self._written.items())}

    @property
    def fingerprints(self) -> dict[str, str]:
        """One SHA-256 per table over its files in the order of their names."""
        prints = {}
        for name, files in sorted(self._written.items()):
            text = "\n".join(f"{f.name} {f.digest}" for f in sorted(files, key=lambda f: f.name))
            prints[name] = hashlib.sha256(text.encode()).hexdigest()
        return prints

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and put the recording in its place; a partial one stays aside."""
        remove(self.aside / LIVE)
        manifest.write(self.aside)
        if manifest.partial is not None:
            self._kept = True
            return
        if self.folder.exists():
            refuse_foreign(self.folder)
        publish(self.folder)


def refuse_foreign(folder: Path) -> None:
    """Refuse a folder that holds somebody else's files.

    Raises:
        FolderInUseError: if ``folder`` exists, is not empty and is no recording.
    """
    if folder.is_file():
        raise FolderInUseError(f"{folder}: is a file; name a folder to write the recording into")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not _claims_to_be_ours(folder / NAME):
        raise FolderInUseError(
            f"{folder}: not empty and not a recording; nothing in it was touched. "
            "Name another folder, or empty this one yourself"
        )
    _refuse_strangers(folder)


def _claims_to_be_ours(manifest: Path) -> bool:
    """Is it a recording's manifest, of whatever version? Other programs call files so too."""
    try:
        held = json.loads(manifest.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(held, dict) and {"format", "fingerprints", "scenario"} <= set(held)


def _refuse_strangers(folder: Path) -> None:
    """Refuse a folder that would be removed with somebody else's files in it."""
    names = {name.split("/")[0] for name in (TABLES | TRUTH_TABLES)}
    ours = {NAME, f"{NAME}{PARTIAL}", LIVE} | names | {f"{name}.parquet" for name in names}
    strange = sorted(path.name for path in folder.iterdir() if path.name not in ours)
    if strange:
        raise FolderInUseError(
            f"{folder}: holds {strange[0]}, which is none of ours; nothing in it was touched. "
            "Move it away, or name another folder"
        )


def stream_path(folder: Path, table: str, stem: str, shard: int) -> Path:
    """Where one shard's file of a stream lies inside the recording being written."""
    return folder / table / file_name(stem, shard)
