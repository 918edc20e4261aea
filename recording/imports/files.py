"""The files of a log: folders and patterns resolved, kinds told, and read as a DuckDB relation."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.imports import sql
from shamcrowd.recording.imports.mapping import Reader

ENDINGS: dict[str, Reader] = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv",
    ".parquet": "parquet", ".log": "lines", ".txt": "lines",
}  # fmt: skip
PACKED = (".gz", ".zst")
LONGEST_ROW = 64 << 20
"""Most bytes of one row of a JSON log."""
EMPTY = ("", "NA", "NULL", "null", "None", "\\N", "NaN", "nan")
"""What a CSV file may write for no value."""


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
    """How a file is read: by the end of its name, else by its first bytes."""
    named = kind_by_name(path)
    head = first_bytes(path)
    if head[:4] == b"PAR1":
        return "parquet"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if named in (None, "lines", "json") and start[:1] in (b"{", b"["):
        return "json" if start[:1] == b"[" or not _first_line_is_row(start) else "jsonl"
    return named or "csv"


def first_bytes(path: Path, most: int = 1 << 16) -> bytes:
    """The first bytes of a file, unpacked.

    Raises:
        LogFileError: if it cannot be read or unpacked.
    """
    import gzip
    import zlib

    try:
        with path.open("rb") as file:
            head = file.read(most)
        if head[:2] == b"\x1f\x8b":
            with gzip.open(path) as packed:
                return packed.read(most)
        if head[:4] == b"\x28\xb5\x2f\xfd":
            with pa.OSFile(str(path)) as plain, pa.CompressedInputStream(plain, "zstd") as stream:
                return bytes(stream.read(most))
    except (OSError, EOFError, zlib.error, pa.ArrowException) as fault:
        raise LogFileError(f"{path}: cannot be read ({fault})") from None
    return head


def _first_line_is_row(start: bytes) -> bool:
    try:
        return isinstance(json.loads(start.split(b"\n", 1)[0]), dict)
    except ValueError:
        return False


def relation(paths: Sequence[Path], kind: Reader, tops: Sequence[str], lines: str | None,
             delimiter: str | None = None) -> str:  # fmt: skip
    """SQL of a relation with the fields ``tops`` (the first names of paths) as text.

    Rows that cannot be read come as rows without any value, or (CSV) in ``reject_errors``.
    """
    names = "[" + ", ".join(sql.text(p) for p in paths) + "]"
    if kind in ("jsonl", "json"):
        columns = ", ".join(f"{sql.text(top)}: 'VARCHAR'" for top in tops)
        form = "newline_delimited" if kind == "jsonl" else "array"
        bad = "true" if kind == "jsonl" else "false"
        return (
            f"read_json({names}, format={sql.text(form)}, columns={{{columns}}}, "
            f"ignore_errors={bad}, maximum_object_size={LONGEST_ROW})"
        )
    if kind == "parquet":
        return f"read_parquet({names}, union_by_name=true)"
    if kind == "lines":
        # DuckDB names groups by their order.
        named = sorted(re.compile(lines or "").groupindex.items(), key=lambda one: one[1])
        groups = "[" + ", ".join(sql.text(group) for group, _ in named) + "]"
        plain = f"read_csv({names}, columns={{'line': 'VARCHAR'}}, header=false, delim='\\x1f', " \
                "quote='', escape='', auto_detect=false, ignore_errors=true)"  # fmt: skip
        return (
            f"(select unnest(regexp_extract(line, {sql.text(lines)}, {groups})) from "
            f"(select line from {plain}))"
        )
    empty = "[" + ", ".join(sql.text(e) for e in EMPTY) + "]"
    mark = f"delim={sql.text(delimiter)}, " if delimiter else ""
    return (
        f"read_csv({names}, all_varchar=true, header=true, {mark}quote='\"', escape='\"', "
        f"nullstr={empty}, ignore_errors=true, store_rejects=true, "
        "null_padding=true, max_line_size=67108864)"
    )
