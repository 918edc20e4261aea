"""Ways to damage a Parquet file, each of which a reader has to refuse.

Those of `BYTES` change what lies in the folder. Those of `SHAPES` write another, whole table in
its place: a recording whose manifest is made to agree is refused for its shape then.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

Damage = Callable[[Path, np.random.Generator], object]
"""Changes the file at a path; what is drawn comes from the generator."""


def replace(path: Path, content: bytes) -> None:
    """Put other bytes in place of a file, without touching other links to it."""
    path.unlink()
    path.write_bytes(content)


def _flip(path: Path, rng: np.random.Generator) -> None:
    held = bytearray(path.read_bytes())
    held[int(rng.integers(len(held)))] ^= 1 << int(rng.integers(8))
    replace(path, bytes(held))


def _cut(path: Path, rng: np.random.Generator) -> None:
    held = path.read_bytes()
    replace(path, held[: int(rng.integers(1, len(held)))])


def _swap(path: Path, rng: np.random.Generator) -> None:
    """Another file of the same recording in its place, such as another day's."""
    others = [p for p in sorted(path.parent.glob("*.parquet")) if p != path]
    same = [p for p in others if p.read_bytes() != path.read_bytes()]
    replace(path, same[int(rng.integers(len(same)))].read_bytes())


def _pipe(path: Path, _: np.random.Generator) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path, _: np.random.Generator) -> None:
    path.unlink()
    path.mkdir()


def _linked(target: str) -> Damage:
    def link(path: Path, _: np.random.Generator) -> None:
        path.unlink()
        path.symlink_to(target)

    return link


def _with(content: bytes) -> Damage:
    return lambda path, _: replace(path, content)


BYTES: dict[str, Damage] = {
    "a flipped bit": _flip,
    "another flipped bit": _flip,
    "cut short": _cut,
    "cut at the end": lambda path, _: replace(path, path.read_bytes()[:-8]),
    "something behind": lambda path, _: replace(path, path.read_bytes() + b"\0"),
    "swapped": _swap,
    "empty": _with(b""),
    "zeros": _with(bytes(4096)),
    "only the mark": _with(b"PAR1PAR1"),
    "a footer of 4 GiB": _with(b"PAR1" + b"\xff\xff\xff\xff" + b"PAR1"),
    "text": _with(b"account,created\n1,2\n"),
    "gone": lambda path, _: path.unlink(),
    "a pipe": _pipe,
    "a folder": _folder,
    "a device": _linked("/dev/zero"),
    "a link to nowhere": _linked("nowhere.parquet"),
    "a link to itself": lambda path, rng: _linked(path.name)(path, rng),
}


def _table(change: Callable[[pa.Table, np.random.Generator], pa.Table]) -> Damage:
    def changed(path: Path, rng: np.random.Generator) -> None:
        held = pq.read_table(path, partitioning=None)
        aside = path.with_name("aside")
        pq.write_table(change(held, rng), aside)
        path.unlink()
        shutil.move(aside, path)

    return changed


def _some(table: pa.Table, rng: np.random.Generator) -> str:
    return str(table.column_names[int(rng.integers(table.num_columns))])


def _retyped(table: pa.Table, rng: np.random.Generator) -> pa.Table:
    at = int(rng.integers(table.num_columns))
    kind = table.schema.field(at).type
    other = pa.int64() if kind != pa.int64() else pa.string()
    return table.set_column(at, table.column_names[at], pa.nulls(len(table), other))


def _emptied(table: pa.Table, rng: np.random.Generator) -> pa.Table:
    """A column that is never null, without a value."""
    may = [i for i, field in enumerate(table.schema) if not field.nullable]
    at = may[int(rng.integers(len(may)))]
    field = table.schema.field(at)
    return table.set_column(at, field.with_nullable(True), pa.nulls(len(table), field.type))


def _latin(table: pa.Table, _: np.random.Generator) -> pa.Table:
    """Texts that are not UTF-8, in a column that is a text; else a column more."""
    at = next((i for i, f in enumerate(table.schema) if pa.types.is_string(f.type)), None)
    odd = pa.array([b"\xff\xfe"] * len(table), pa.binary())
    odd = pa.Array.from_buffers(pa.string(), len(odd), odd.buffers())
    if at is None:
        return table.append_column("odd", odd)
    return table.set_column(at, table.schema.field(at), odd)


SHAPES: dict[str, Damage] = {
    "a column gone": _table(lambda t, rng: t.drop_columns([_some(t, rng)])),
    "a column renamed": _table(
        lambda t, _: t.rename_columns([f"{t.column_names[0]}_", *t.column_names[1:]])
    ),
    "a column of another type": _table(_retyped),
    "a column too many": _table(lambda t, _: t.append_column("extra", pa.nulls(len(t)))),
    "a column twice": _table(lambda t, _: t.append_column(t.column_names[0], t.column(0))),
    "columns in another order": _table(lambda t, _: t.select(t.column_names[::-1])),
    "values missing": _table(_emptied),
    "not UTF-8": _table(_latin),
    "no columns": _table(lambda t, _: t.select([])),
}  # fmt: skip

ROWS: dict[str, Damage] = {
    "a row gone": _table(lambda t, _: t.slice(1)),
    "a row twice": _table(lambda t, _: pa.concat_tables([t, t.slice(0, 1)])),
    "rows in another order": _table(lambda t, _: t.take(pa.array(np.arange(len(t))[::-1]))),
    "no rows": _table(lambda t, _: t.slice(0, 0)),
}
"""Other rows of the same shape: refused because the manifest has the digest of the file."""
