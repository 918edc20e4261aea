"""Bad logs of every format that is imported: its sample with one thing wrong."""

from __future__ import annotations

import gzip
import io
import json
import random
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.inputs.yaml_cases import WRONG
from tests.recording.imports.test_formats import FORMATS, SAMPLES

EACH = 1
"""Places of a sample that are drawn for each kind of change."""
SPLIT = b"\n"


@dataclass(frozen=True)
class LogCase:
    """One log.

    Attributes:
        name: what is wrong.
        format: what it is imported as.
        file: name of the file.
        content: its bytes.
        lost: the least number of rows that have to be told as unusable if it is taken; None: it
            has to be refused.
    """

    name: str
    format: str
    file: str
    content: bytes
    lost: int | None


def cases(seed: int = 1) -> Iterator[LogCase]:
    """All of them, in the same order each time."""
    luck = random.Random(seed)
    for name in FORMATS:
        sample = SAMPLES[name]
        raw = sample.read_bytes()
        for told, content, lost in (*_bytes(raw, luck), *_lines(raw, sample.suffix, luck)):
            yield LogCase(told, name, sample.name, content, lost)
        for told, ending, content in _packed(raw, luck):
            yield LogCase(told, name, f"{sample.name}{ending}", content, None)
        for told, content in _values(raw, sample.suffix, luck):
            yield LogCase(told, name, sample.name, content, 0)
        for told, content in _parquet(raw, sample.suffix, luck):
            yield LogCase(told, name, f"{sample.stem}.parquet", content, None)
        for other in luck.sample([one for one in FORMATS if one != name], 4):
            path = SAMPLES[other]
            yield LogCase(f"a log of {other}", name, path.name, path.read_bytes(), None)


def _bytes(raw: bytes, luck: random.Random) -> Iterator[tuple[str, bytes, int | None]]:
    yield "empty", b"", None
    yield "blank lines", b"\n \n\n", None
    yield "zeros", bytes(4096), None
    yield "noise", luck.randbytes(3000), None
    yield "deep", b"[" * 30_000, None
    yield "no text", b"hello\n" * 20, None
    yield "in UTF-16", raw.decode().encode("utf-16"), None
    yield "packed, by its name alone", gzip.compress(raw)[2:], None
    for _ in range(EACH):
        at = luck.randrange(1, len(raw))
        bit = raw[at] ^ 1 << luck.randrange(8)
        yield f"bit at {at}", raw[:at] + bytes([bit]) + raw[at + 1 :], 0
        yield f"zero at {at}", raw[:at] + b"\0" + raw[at:], 0


def _lines(raw: bytes, suffix: str, luck: random.Random) -> Iterator[tuple[str, bytes, int | None]]:
    """Half a line, lines that are no rows."""
    if suffix == ".json":
        for _ in range(EACH):
            yield "cut off", raw[: luck.randrange(1, len(raw.rstrip()))], None
        return
    lines = raw.rstrip(SPLIT).split(SPLIT)
    for _ in range(EACH):
        cut = lines[-1][: luck.randrange(1, max(len(lines[-1]) * 2 // 3, 2))]
        yield "half a line at the end", SPLIT.join([*lines[:-1], cut]), 1
    at = luck.randrange(1, len(lines))
    odd = [b"hello", b"[1, 2]", b"7", lines[at][:9], b'{"a": "\xff\xfe"}', b"\x1b[2J", b"\0"]
    yield "lines that are no rows", SPLIT.join([*lines[:at], *odd, *lines[at:], b""]), len(odd)


def _packed(raw: bytes, luck: random.Random) -> Iterator[tuple[str, str, bytes]]:
    made = {
        ".gz": gzip.compress(raw, mtime=0),
        ".zst": subprocess.run(["zstd", "-qc"], input=raw, capture_output=True, check=True).stdout,
    }
    heads = {".gz": 10, ".zst": 6}
    for ending, whole in made.items():
        for _ in range(EACH):
            at = luck.randrange(heads[ending], len(whole))
            bit = whole[at] ^ 1 << luck.randrange(8)
            yield f"packed, bit at {at}", ending, whole[:at] + bytes([bit]) + whole[at + 1 :]
            yield f"packed, cut at {at}", ending, whole[:at]
        end = len(whole) - 3
        yield (
            "packed, wrong checksum",
            ending,
            whole[:end] + bytes([whole[end] ^ 1]) + whole[end + 1 :],
        )
        yield "packed, something behind", ending, whole + b"garbage!"
        yield "packed, its second part cut off", ending, whole + whole[: len(whole) // 2]


def _values(raw: bytes, suffix: str, luck: random.Random) -> Iterator[tuple[str, bytes]]:
    """Other values somewhere in one row."""
    if suffix not in (".json", ".jsonl"):
        return
    rows = json.loads(raw) if suffix == ".json" else list(_rows(raw))
    if not isinstance(rows, list):
        rows = [rows]
    for wrong in luck.sample(WRONG, 3):
        row = luck.randrange(len(rows))
        where = luck.choice(list(_places(rows[row])))
        changed = [*rows[:row], _put(rows[row], where, wrong), *rows[row + 1 :]]
        written = json.dumps(changed) if suffix == ".json" else "\n".join(map(json.dumps, changed))
        yield f"row {row}: {where} is {str(wrong)[:20]!r}", written.encode()


def _parquet(raw: bytes, suffix: str, luck: random.Random) -> Iterator[tuple[str, bytes]]:
    """Parquet with checksums of its pages, where the sample can be written so."""
    if suffix != ".jsonl":
        return
    rows = list(_rows(raw))
    try:
        table = pa.Table.from_pylist(rows)
        held = io.BytesIO()
        pq.write_table(table, held, write_page_checksum=True, compression="none")
    except (pa.ArrowException, TypeError):
        return  # a table has columns of one type
    whole = held.getvalue()
    column = pq.ParquetFile(io.BytesIO(whole)).metadata.row_group(0).column(0)
    begin = column.dictionary_page_offset or column.data_page_offset
    at = begin + column.total_compressed_size - 2
    yield "a changed page", whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    for _ in range(EACH):
        yield "cut off", whole[: luck.randrange(9, len(whole) - 1)]


def _rows(raw: bytes) -> Iterator[Any]:
    """Samples hold half a line as well."""
    for line in raw.splitlines():
        with suppress(ValueError):
            yield json.loads(line)


def _places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in items:
        yield (*path, step)
        if isinstance(value, dict | list):
            yield from _places(value, (*path, step))


def _put(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    copy = json.loads(json.dumps(data))
    node = copy
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return copy
