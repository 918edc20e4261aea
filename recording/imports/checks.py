"""Refuses what an import cannot make sense of, before and after the log is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shamcrowd.recording.counting import counted
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.imports.files import LogFileError, kind_of, log_files
from shamcrowd.recording.imports.guess import fields_of, first_rows, guess, has_field, not_imported
from shamcrowd.recording.imports.mapping import Columns, Mapping, Reader, shipped_mappings
from shamcrowd.recording.imports.packed import check_packed
from shamcrowd.recording.units import MS_PER_DAY

if TYPE_CHECKING:
    import duckdb

    from shamcrowd.recording.imports.staging import Staged

MOST_DAYS = 1_100
"""Days between the first row and the last: three years. More is a wrong clock or a wrong unit."""
_SHOWN = 30
Files = list[tuple[Reader, list[Path]]]


def known_zone(zone: str) -> str:
    """The name of a time zone.

    Raises:
        UsageError: if there is none of that name.
    """
    import zoneinfo

    try:
        zoneinfo.ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise UsageError(f"no time zone {zone!r}; name one such as Europe/Berlin or UTC") from None
    return zone


def share_of_requests(mapping: Mapping, sampling: float | None) -> float:
    """The share of the requests that the log holds.

    Raises:
        UsageError: if it is out of range, or not given for a format that may be sampled.
    """
    if sampling is None:
        if mapping.sampled:
            raise UsageError(
                f"a log of {mapping.format} may hold a part of the requests; give the share that "
                "logging is set to with --sampling-rate, 1 for all"
            )
        return 1.0
    if not 0 < sampling <= 1:
        raise UsageError(f"--sampling-rate {sampling}: must be above 0 and at most 1")
    return sampling


def joined_files(mapping: Mapping, named: Sequence[str]) -> Files:
    """The files of the mapping's second table, by how they are read.

    Raises:
        UsageError: if there is no such table, or it is needed and was not given.
        LogFileError: if a file is none of that table.
    """
    other = mapping.joined
    if other is None:
        if named:
            raise UsageError(f"--join: the format {mapping.format} has no second table")
        return []
    if not named:
        if other.needed:
            raise UsageError(
                f"{mapping.format} alone does not name accounts; give {other.title} with --join"
            )
        return []
    paths = log_files(named)
    check_packed(paths)
    files = files_by_kind(paths, other.reads, other.title)
    for kind, paths in files:
        for path in paths:
            rows = list(first_rows(path, kind, other.records))
            lacking = [f for f in other.recognise if not any(has_field(row, f) for row in rows)]
            if lacking:
                raise LogFileError(
                    f"{path}: is not {other.title}; it has no field {lacking[0]}, but: "
                    f"{_some(sorted({name for row in rows for name in row}))}"
                )
    return files


def files_by_kind(paths: Sequence[Path], reads: Sequence[Reader], name: str) -> Files:
    """Files by how they are read.

    Raises:
        LogFileError: if one is of a kind that the format does not come in.
    """
    found: dict[Reader, list[Path]] = {}
    for path in paths:
        kind = kind_of(path)
        if kind == "csv" and "csv" not in reads and "lines" in reads:
            kind = "lines"
        if kind == "jsonl" and "jsonl" not in reads and "json" in reads:
            kind = "json"
        if kind not in reads:
            raise LogFileError(f"{path}: looks like {kind}; {name} comes as {', '.join(reads)}")
        found.setdefault(kind, []).append(path)
    # The columns of a CSV file are those of its own first line.
    return [
        (kind, part)
        for kind, whole in found.items()
        for part in ([[one] for one in whole] if kind == "csv" else [whole])
    ]


def check_fields(files: Files, mapping: Mapping) -> None:
    """Check that every file has the fields that an account and a moment may be read from.

    The first rows of JSON need not name an account, as many requests are made without one; the
    columns of a table are known from the start.

    Raises:
        LogFileError: if a file is in another format, or the mapping names what is not there.
    """
    parts: list[tuple[str, Columns]] = [("requests", mapping.requests)]
    parts += [(event.kind, event.columns) for event in mapping.activity]
    for kind, paths in files:
        for path in paths:
            rows = list(first_rows(path, kind, mapping.records, mapping))
            if not rows:
                continue
            for column in ("time", "account") if kind in ("csv", "parquet") else ("time",):
                if not any(_is_there(column, columns, rows) for _, columns in parts):
                    raise LogFileError(_foreign(path, mapping, column, rows))
            _refuse_foreign(path, mapping, rows)
            if kind in ("json", "jsonl"):
                _refuse_mixed(path, kind, mapping, rows, [columns for _, columns in parts])


def _refuse_foreign(path: Path, mapping: Mapping, rows: Sequence[dict[str, object]]) -> None:
    """Refuse a file that lacks what its format is recognised by, and has all of another's."""
    if all(any(has_field(row, field) for row in rows) for field in mapping.recognise):
        return
    others = [one.format for one in guess(path)]
    if others and mapping.format not in others:
        raise LogFileError(
            f"{path}: looks like {others[0]}, not {mapping.format}: name that format, or copy and "
            "change the mapping if it is neither"
        )


def _refuse_mixed(
    path: Path, kind: Reader, mapping: Mapping, rows: Sequence[dict[str, object]],
    parts: Sequence[Columns],
) -> None:  # fmt: skip
    """Refuse a file among whose first rows some are whole rows of another format."""
    odd = [(number, row) for number, row in enumerate(rows, 1)
           if not any(_is_there("time", columns, [row]) for columns in parts)]  # fmt: skip
    if not odd:
        # Reading all mappings takes longer than reading a small log.
        return
    others = [m for m in shipped_mappings()
              if m.format != mapping.format and m.recognise and kind in m.reads]  # fmt: skip
    for number, row in odd:
        for other in others:
            if all(has_field(row, field) for field in other.recognise):
                raise LogFileError(
                    f"{path}, row {number}: is of the format {other.format}, not "
                    f"{mapping.format} as others are; import rows of one format at a time"
                )


def _is_there(column: str, columns: Columns, rows: Sequence[dict[str, object]]) -> bool:
    value = columns[column]
    return value.field is None or any(has_field(row, f) for f in value.field for row in rows)


def _foreign(path: Path, mapping: Mapping, column: str, rows: Sequence[dict[str, object]]) -> str:
    value = mapping.requests[column]
    fields = fields_of(path) or sorted({name for row in rows for name in row})
    others = [one.format for one in guess(path) if one.format != mapping.format]
    refused = not_imported(path)
    if others:
        mend = f"it looks like {others[0]}: import files of one format at a time"
    elif refused is not None:
        mend = f"it looks like {refused.title}: {refused.mend}"
    else:
        mend = "name another format, or correct the mapping"
    return (
        f"{path}: {mapping.format} has the {column} in {' or '.join(value.field or ())}, which "
        f"is not there; its fields are: {_some(fields)}; {mend}"
    )


def _some(fields: Sequence[str]) -> str:
    return ", ".join(fields[:_SHOWN]) + (", …" if len(fields) > _SHOWN else "") or "none"


def check_span(
    connection: duckdb.DuckDBPyConnection, place_of: Callable[[int], str]
) -> tuple[int, int]:
    """The first and the last moment of the view ``staged``, ms since 1970.

    Args:
        connection: with the view.
        place_of: where in the log the first row of a moment is.

    Raises:
        LogFileError: if they are further apart than any log is; the row that is furthest from most
            others is named.
    """
    asked = "select min(time), max(time), quantile_disc(time, 0.5) from staged"
    ((first, last, middle),) = connection.execute(asked).fetchall()
    if last - first > MOST_DAYS * MS_PER_DAY:
        odd = first if middle - first > last - middle else last
        raise LogFileError(
            f"{place_of(odd)}: is of {date(odd)}, and the log goes from {date(first)} to "
            f"{date(last)}: a clock was wrong, or a unit is; leave such rows out, or give the unit "
            "of its time in a mapping"
        )
    return first, last


def no_request(paths: Sequence[Path], staged: Staged, mapping: Mapping) -> str:
    """What to say of a log without a request that can be used."""
    first = f", the first: {staged.places[0]}" if staged.places else ""
    begin = (
        f"{paths[0]}: no request of the format {mapping.format} among "
        f"{counted(staged.read, 'row')}{first}; "
    )
    fields = f"its fields are: {_some(fields_of(paths[0]))}"
    if not staged.read:
        return f"{paths[0]}: holds no row; name a log that holds some"
    if staged.skipped == staged.read:
        wanted = "; ".join(f"{field}: {', '.join(v)}" for field, v in mapping.where.items())
        return f"{begin}the mapping takes rows with {wanted}, and there is none; {fields}"
    if staged.no_account == staged.read:
        return (
            f"{begin}name the account's field in a mapping (--map). Empty ids, and those that a "
            f"spreadsheet rounded (1.23457E+15), name nobody; {fields}"
        )
    return f"{begin}if it is another format, `--format auto` tells it by the fields"


def date(ms: int) -> str:
    """A moment for people."""
    return f"{dt.datetime.fromtimestamp(ms / 1000, dt.UTC):%Y-%m-%d %H:%M}"
