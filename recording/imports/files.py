"""The files of a log: folders and patterns resolved, and kinds recognised."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.imports.mapping import Reader

ENDINGS: dict[str, Reader] = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv",
    ".parquet": "parquet", ".log": "lines", ".txt": "lines",
}  # fmt: skip
PACKED = (".gz", ".zst")
_CHUNK = 1 << 20


class LogFileError(ShamcrowdError):
    """A log cannot be read as what it was said to be."""


def log_files(named: Sequence[str]) -> list[Path]:
    """The files of what was named: files, folders (all files below with a known ending), patterns.

    Raises:
        LogFileError: if something named is not there, or is no file.
    """
    found: list[Path] = []
    for one in named:
        path = Path(one)
        if path.is_dir():
            inside = [p for p in sorted(path.rglob("*")) if p.is_file() and kind_by_name(p)]
            if not inside:
                raise LogFileError(
                    f"{one}: holds no file ending in {', '.join(ENDINGS)} (or these with .gz, .zst)"
                )
            found += inside
        elif path.exists():
            if not stat.S_ISREG(path.stat().st_mode):
                raise LogFileError(f"{one}: is no plain file; save the log as a file, or pipe it "
                                   "in and name -")  # fmt: skip
            found.append(path)
        else:
            matched = sorted(Path(path.anchor or ".").glob(str(path.relative_to(path.anchor))))
            if not matched:
                raise LogFileError(f"{one}: no such file; name a file, a folder or a pattern")
            found += [p for p in matched if p.is_file()]
    twice = {p.resolve() for p in found}
    if len(twice) != len(found):
        raise LogFileError("a file was named twice; its rows would count twice")
    return found


def kind_by_name(path: Path) -> Reader | None:
    """How a file is read, by the end of its name; None if that does not say.

    >>> kind_by_name(Path("spend.jsonl.gz"))
    'jsonl'
    """
    ends = [e for e in path.suffixes if e not in PACKED]
    return ENDINGS.get(ends[-1].lower()) if ends else None


def kind_of(path: Path) -> Reader:
    """How a file is read: by the end of its name, else by its first bytes.

    Raises:
        LogFileError: if it cannot be unpacked, or is text in another encoding than UTF-8.
    """
    named = kind_by_name(path)
    head = first_bytes(path)
    if head[:4] == b"PAR1":
        return "parquet"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head[:1000]:
        raise LogFileError(f"{path}, line 1: is no text in UTF-8; save it as UTF-8 (CSV UTF-8)")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if named in (None, "lines", "json") and start[:1] in (b"{", b"["):
        return "json" if start[:1] == b"[" or not _first_line_is_row(start) else "jsonl"
    return named or "csv"


def first_bytes(path: Path, most: int = 1 << 16) -> bytes:
    """The first bytes of a file, unpacked.

    Raises:
        LogFileError: if it cannot be read or unpacked.
    """
    with _unpacked(path) as stream:
        return bytes(stream.read(most))


def line_of(path: Path, row: int) -> tuple[int, bool, bytes]:
    """The line of a row, both from 1, where empty lines are no rows; whether it has no end; it.

    Raises:
        LogFileError: if the file cannot be read or unpacked.
    """
    line, seen, rest = 0, 0, b""
    with _unpacked(path) as stream:
        while chunk := stream.read(_CHUNK):
            *whole, rest = (rest + chunk).split(b"\n")
            for one in whole:
                line += 1
                seen += bool(one.strip())
                if seen == row:
                    return line, False, one
    return line + 1, True, rest


@contextmanager
def _unpacked(path: Path) -> Iterator[Any]:
    import gzip
    import zlib

    try:
        with path.open("rb") as file:
            head = file.read(4)
            file.seek(0)
            if head[:2] == b"\x1f\x8b":
                with gzip.open(file) as packed:
                    yield packed
            elif head == b"\x28\xb5\x2f\xfd":
                with pa.CompressedInputStream(pa.PythonFile(file, "r"), "zstd") as stream:
                    yield stream
            else:
                yield file
    except (OSError, EOFError, zlib.error, pa.ArrowException) as fault:
        short = isinstance(fault, EOFError) or "runcated" in str(fault)
        mend = "; it is cut off: import again when the file is whole" if short else ""
        raise LogFileError(f"{path}: cannot be read ({fault}){mend}") from None


def _first_line_is_row(start: bytes) -> bool:
    try:
        return isinstance(json.loads(start.split(b"\n", 1)[0]), dict)
    except ValueError:
        return False
