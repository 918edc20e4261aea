"""Writes a recording: into a partial folder, the manifest last, then one rename.

A recording is written into ``NAME.partial`` next to its final path. The manifest is written and the
folder renamed only when all tables are complete, so that an incomplete recording is never taken for
a complete one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.parquet as pq

from shamcrowd.recording.arrow_arrays import is_missing, numbers, text_bytes
from shamcrowd.recording.atomic import PARTIAL, begin_folder, partial_path, publish, remove
from shamcrowd.recording.columns import Table
from shamcrowd.recording.days import file_name
from shamcrowd.recording.errors import FolderInUseError, UnreadableError
from shamcrowd.recording.json_file import read_json
from shamcrowd.recording.live import LIVE
from shamcrowd.recording.manifest import NAME, Manifest
from shamcrowd.recording.optional_tables import VISIBLE
from shamcrowd.recording.output import is_of_place, not_writable, writing
from shamcrowd.recording.schema import REQUESTS, STREAMS
from shamcrowd.recording.truth_schema import TRUTH_REQUESTS, TRUTH_TABLES
from shamcrowd.recording.whole import file_digest

ROW_GROUP = 1_000_000

_FEW_VALUES = ("account", "key", "session", "address", "client", "status", "retry_after")
"""Columns of requests for which a Parquet dictionary saves space, faster than compression would."""
_SPLIT = (
    "input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "first_token", "duration",
)  # fmt: skip
"""Columns of requests whose values differ but are small: their bytes, apart by place, compress well
and fast. Other ids, and sketches, hardly compress."""
_LARGE = (REQUESTS.name, TRUTH_REQUESTS.name)


@dataclass(frozen=True)
class WrittenFile:
    """A finished file: its name, number of rows, SHA-256 of its content, BLAKE2b of its bytes."""

    name: str
    rows: int
    digest: str
    bytes: str


def digest(table: pa.Table) -> str:
    """Return the SHA-256 of a table's content: of values, not of bytes on disk.

    >>> one = pa.table({"a": pa.array([1, 2], pa.int32())})
    >>> digest(one) == digest(pa.concat_tables([one.slice(0, 1), one.slice(1)]))
    True
    """
    sha = hashlib.sha256()
    for name, column in zip(table.column_names, table.columns, strict=True):
        sha.update(name.encode())
        if pa.types.is_primitive(column.type) and not column.null_count:
            for chunk in column.chunks:
                sha.update(numbers(chunk).data)
            continue
        array = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
        if array.null_count:
            sha.update(is_missing(array).data)
        if pa.types.is_dictionary(array.type):
            # A file without rows holds no words, whatever the table had.
            words = array.dictionary.to_pylist() if len(array) else []
            sha.update("\0".join(map(str, words)).encode())
            array = array.indices
        if pa.types.is_string(array.type):
            for part in text_bytes(array):
                sha.update(part.data)
            continue
        sha.update(numbers(array).data)
    return sha.hexdigest()


def write_parquet(table: pa.Table, schema: Table, path: Path) -> None:
    """Write one Parquet file with the settings of its table."""
    hot = schema.name in _LARGE
    coded = [c.name for c in schema.columns if pa.types.is_dictionary(c.type)]
    encoding = {"time": "DELTA_BINARY_PACKED"} if "time" in schema.names else {}
    split = [name for name in _SPLIT if hot and name in schema.names]
    encoding |= dict.fromkeys(split, "BYTE_STREAM_SPLIT")
    pq.write_table(
        table,
        path,
        row_group_size=ROW_GROUP,
        compression={name: "ZSTD" if name in split else "NONE" for name in schema.names}
        if hot
        else "ZSTD",
        use_dictionary=[*coded, *_FEW_VALUES] if hot else coded,
        write_statistics=["time", "account"] if hot else True,
        column_encoding=encoding or None,
        store_schema=True,
    )


def write_file(table: pa.Table, schema: Table, path: Path) -> WrittenFile:
    """Write one Parquet file and return its name, rows and digest."""
    table = table.cast(schema.schema) if table.schema != schema.schema else table
    write_parquet(table, schema, path)
    return WrittenFile(path.name, table.num_rows, digest(table), file_digest(path))


class RecordingWriter:
    """Writes a recording to ``folder``; a context manager.

    An error of the block that is the folder's fault, such as a full disk, becomes an OutputError.

    ``finish`` completes the recording. Leaving the block without a call to it deletes what was
    written.
    """

    def __init__(self, folder: Path, *, truth: bool = True) -> None:
        """Check that ``folder`` can be written.

        Args:
            folder: the recording.
            truth: whether it has a truth; that of an imported log has none.

        Raises:
            FolderInUseError: if ``folder`` holds anything but a recording.
            OutputError: if it cannot be looked into.
        """
        with writing(folder):
            refuse_foreign(folder)
            self.folder = folder
            self.aside = partial_path(folder)
            if self.aside.is_dir():
                _refuse_strangers(self.aside)
        self._written: dict[str, list[WrittenFile]] = {}
        self._kept = False
        self._streams = (*STREAMS, TRUTH_TABLES["truth/requests"]) if truth else STREAMS

    def __enter__(self) -> RecordingWriter:
        begin_folder(self.folder)
        with writing(self.folder):
            for table in self._streams:
                (self.aside / table.name).mkdir(parents=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        if self._kept:
            # The reviewer ended the run: what it raised says nothing about this folder.
            return
        with suppress(OSError):
            remove(self.aside)
        if isinstance(error, OSError) and is_of_place(error):
            raise not_writable(self.folder, error) from error

    def table(self, name: str, table: pa.Table) -> None:
        """Write a whole table in one file."""
        schema = (VISIBLE | TRUTH_TABLES)[name]
        self.note(name, [write_file(table, schema, self.aside / f"{name}.parquet")])

    def note(self, name: str, files: Iterable[WrittenFile]) -> None:
        """Add files of table ``name`` that another process wrote."""
        self._written.setdefault(name, []).extend(files)

    @property
    def rows(self) -> dict[str, int]:
        """Rows written so far, by table."""
        return {name: sum(f.rows for f in files) for name, files in sorted(self._written.items())}

    @property
    def fingerprints(self) -> dict[str, str]:
        """SHA-256 of each table, over its files in the order of their names."""
        prints = {}
        for name, files in sorted(self._written.items()):
            text = "\n".join(f"{f.name} {f.digest}" for f in sorted(files, key=lambda f: f.name))
            prints[name] = hashlib.sha256(text.encode()).hexdigest()
        return prints

    @property
    def files(self) -> dict[str, str]:
        """BLAKE2b of each file's bytes, by its path in the folder."""
        found: dict[str, str] = {}
        for name, files in self._written.items():
            home = PurePosixPath(name)
            home = home if (self.aside / name).is_dir() else home.parent
            found |= {(home / file.name).as_posix(): file.bytes for file in files}
        return dict(sorted(found.items()))

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and move the recording into place; a partial one is not moved."""
        remove(self.aside / LIVE)
        manifest.write(self.aside)
        if manifest.partial is not None:
            self._kept = True
            return
        if self.folder.exists():
            refuse_foreign(self.folder)
        publish(self.folder)


def refuse_foreign(folder: Path) -> None:
    """Refuse to write into a folder that holds other files than a recording's.

    Raises:
        FolderInUseError: if ``folder`` exists, is not empty and is no recording.
    """
    if folder.exists() and not folder.is_dir():
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
    """Return whether a file is a recording's manifest; other programs use the file name too."""
    try:
        held = read_json(manifest, "")
    except UnreadableError:
        return False
    return {"format", "fingerprints", "scenario"} <= set(held)


def _refuse_strangers(folder: Path) -> None:
    """Refuse a recording's folder that holds other files, which would be deleted with it."""
    names = {name.split("/")[0] for name in (VISIBLE | TRUTH_TABLES)}
    ours = {NAME, f"{NAME}{PARTIAL}", LIVE} | names | {f"{name}.parquet" for name in names}
    strange = sorted(path.name for path in folder.iterdir() if path.name not in ours)
    if strange:
        raise FolderInUseError(
            f"{folder}: holds {strange[0]}, not part of a recording; nothing in it was touched. "
            "Move it away, or name another folder"
        )


def stream_path(folder: Path, table: str, stem: str, shard: int) -> Path:
    """Return the path of one shard's file of a stream in the recording being written."""
    return folder / table / file_name(stem, shard)
