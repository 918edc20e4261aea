"""SQL of the content of files, with the fields that are wanted as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from shamcrowd.recording.imports import sql
from shamcrowd.recording.imports.csv_shape import csv_shape
from shamcrowd.recording.imports.mapping import Reader

LONGEST_ROW = 16 << 20
"""Bytes of one row that are read in any case; DuckDB takes twice as much memory for each thread."""
EMPTY = ("", "NA", "NULL", "null", "None", "\\N", "NaN", "nan", "#N/A")
"""What a CSV file may write for no value."""


def relation(paths: Sequence[Path], kind: Reader, tops: Sequence[str], lines: str | None = None,
             origin: str | None = None) -> str:  # fmt: skip
    """SQL of a relation with the fields ``tops`` (the first names of paths) as text.

    Rows that cannot be read come as rows without any value, or (CSV) in ``reject_errors``.

    Args:
        paths: the files; of CSV a single one, as its columns are those of its own first line.
        kind: how they are read.
        tops: the fields.
        lines: for ``lines``: the regular expression.
        origin: name of a column for the file that a row is from; None: without one.

    Raises:
        LogFileError: if a CSV file has no first line that names its columns.
    """
    names = "[" + ", ".join(sql.text(p) for p in paths) + "]"
    option = f", filename={sql.text(origin)}" if origin else ""
    if kind in ("jsonl", "json"):
        columns = ", ".join(f"{sql.text(top)}: 'VARCHAR'" for top in tops)
        form = "newline_delimited" if kind == "jsonl" else "array"
        bad = "true" if kind == "jsonl" else "false"
        return (
            f"read_json({names}, format={sql.text(form)}, columns={{{columns}}}, "
            f"ignore_errors={bad}, maximum_object_size={LONGEST_ROW}{option})"
        )
    if kind == "parquet":
        return f"read_parquet({names}, union_by_name=true{option})"
    if kind == "lines":
        # DuckDB names groups by their order.
        named = sorted(re.compile(lines or "").groupindex.items(), key=lambda one: one[1])
        groups = "[" + ", ".join(sql.text(group) for group, _ in named) + "]"
        plain = f"read_csv({names}, columns={{'line': 'VARCHAR'}}, header=false, delim='\\x1f', " \
                f"quote='', escape='', auto_detect=false, ignore_errors=true{option})"  # fmt: skip
        kept = f", {sql.name(origin)}" if origin else ""
        return (
            f"(select unnest(regexp_extract(line, {sql.text(lines)}, {groups})){kept} from "
            f"(select line{kept} from {plain}))"
        )
    (path,) = paths
    shape = csv_shape(path)
    columns = ", ".join(f"{sql.text(name)}: 'VARCHAR'" for name in shape.names)
    empty = "[" + ", ".join(sql.text(e) for e in EMPTY) + "]"
    return (
        f"read_csv({names}, columns={{{columns}}}, auto_detect=false, header=false, skip=1, "
        f"delim={sql.text(shape.delimiter)}, quote='\"', escape='\"', nullstr={empty}, "
        f"ignore_errors=true, store_rejects=true, max_line_size={LONGEST_ROW})"
    )
