"""The key and the names behind the ids of an import, beside the recording for its owner alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.imports.names import OWN, Names
from shamcrowd.recording.table_file import read_table

_SCHEMA = pa.schema([("kind", pa.string()), ("id", pa.int64()), ("name", pa.string())])


def key_path(recording: Path) -> Path:
    """Where the key of a recording's ids is kept, unless another place is named.

    >>> key_path(Path("logs/march")).name
    'march.key'
    """
    return recording.with_name(recording.name + ".key")


def names_path(recording: Path) -> Path:
    """Where the names of a recording are kept.

    >>> names_path(Path("logs/march")).name
    'march.names.parquet'
    """
    return recording.with_name(recording.name + ".names.parquet")


def write_names(names: Mapping[str, Names], path: Path) -> None:
    """Write kinds, ids and names into a file that only its owner can read.

    Raises:
        UsageError: if it cannot be written.
    """
    kinds, ids, said = [], [], []
    for kind, held in names.items():
        real = [i for i, name in enumerate(held.name) if not name.startswith(OWN)]
        kinds += [kind] * len(real)
        ids += held.id[real].tolist()
        said += [held.name[i] for i in real]
    table = pa.table({"kind": kinds, "id": ids, "name": said}, schema=_SCHEMA)
    aside = path.with_name(path.name + ".partial")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            pq.write_table(table, file)
        aside.replace(path)
    except OSError as fault:
        raise UsageError(f"{path}: cannot be written ({fault.strerror})") from None


def read_names(path: Path, kind: str) -> dict[int, str]:
    """Read the names of one kind by id.

    Raises:
        UnreadableError: if the file is none that an import kept.
    """
    return read_all_names(path).get(kind, {})


def read_all_names(path: Path) -> dict[str, dict[int, str]]:
    """Read all names, by kind and id.

    Raises:
        UnreadableError: if the file is none that an import kept.
    """
    table = read_table(path, _SCHEMA, mend="name the file that import keeps beside the recording")
    found: dict[str, dict[int, str]] = {}
    for kind in table["kind"].unique().to_pylist():
        held = table.filter(pc.equal(table["kind"], kind))
        found[kind] = dict(zip(held["id"].to_pylist(), held["name"].to_pylist(), strict=True))
    return found
