"""Writes a recording without truth from a foreign log."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from shamcrowd.recording.atomic import partial_path, remove
from shamcrowd.recording.counting import counted
from shamcrowd.recording.imports import sql
from shamcrowd.recording.imports.accounts import AccountRows, account_rows
from shamcrowd.recording.imports.checks import (
    check_fields,
    check_span,
    date,
    files_by_kind,
    joined_files,
    known_zone,
    no_request,
    share_of_requests,
)
from shamcrowd.recording.imports.coverage import Coverage
from shamcrowd.recording.imports.entities import write_entities
from shamcrowd.recording.imports.files import LogFileError, log_files
from shamcrowd.recording.imports.mapping import Mapping
from shamcrowd.recording.imports.names import Names, names_of
from shamcrowd.recording.imports.packed import check_packed
from shamcrowd.recording.imports.staging import Staged, connect, place_of, stage, staged_once
from shamcrowd.recording.imports.streams import write_activity, write_requests
from shamcrowd.recording.imports.tables import not_recorded
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.writing import RecordingWriter

if TYPE_CHECKING:
    import duckdb

_OF_EVERYBODY = ("key", "address", "client", "device", "email")
"""What every account has; where the log names none, it is one of its own."""
RATES_LACK = "rates of an account and gaps between its requests cannot be known from it"
_KINDS = (*_OF_EVERYBODY, "card", "phone", "organisation")


def import_log(
    named: Sequence[str],
    mapping: Mapping,
    out: Path,
    key: bytes,
    *,
    accounts: str | None = None,
    joined: Sequence[str] = (),
    strict: bool = False,
    zone: str = "UTC",
    sampling: float | None = None,
    memory_mib: int = 384,
    on_rows: Callable[[int], None] = lambda rows: None,
) -> tuple[Coverage, dict[str, Names]]:
    """Import a log.

    Args:
        named: files, folders and patterns of the log.
        mapping: what its fields mean.
        out: folder of the recording to be written.
        key: of the pseudonyms.
        accounts: a file about the accounts, read by the mapping's ``accounts``.
        joined: files of the mapping's second table.
        strict: refuse a log with a row that cannot be used.
        zone: IANA time zone of moments that name none.
        sampling: share of the requests that the log holds, above 0 and up to 1; None: all, unless
            the mapping says that it may hold less.
        memory_mib: memory that DuckDB may use.
        on_rows: given the number of rows read so far.

    Returns:
        The report, and the names behind the ids by kind.

    Raises:
        LogFileError: if the log cannot be read, or holds no request.
        UsageError: if the recording cannot be written, or what the mapping needs was not given.
        MissingExtraError: if DuckDB is not installed.
    """
    paths = log_files(named)
    check_packed(paths)
    share = share_of_requests(mapping, sampling)
    others = joined_files(mapping, joined)
    files = files_by_kind(paths, mapping.reads, mapping.format)
    check_fields(files, mapping)
    with RecordingWriter(out, truth=False) as writer:
        # What an import that was killed left here is removed by the next one.
        aside = partial_path(out.with_name(f"{out.name}.import"))
        remove(aside)
        aside.mkdir()
        try:
            with connect(aside, memory_mib) as connection:
                kept = aside / "staged.parquet"
                connection.execute(f"SET TimeZone={sql.text(known_zone(zone))}")
                staged = stage(connection, mapping, files, kept, on_rows, others)
                _refuse(paths, staged, strict, mapping)
                staged_once(connection, kept, staged, "number" in mapping.requests)

                def place(moment: int) -> str:
                    return place_of(connection, mapping, files, others, moment)

                ends = check_span(connection, place)
                given = account_rows(connection, mapping, accounts)
                coverage, names = _write(connection, mapping, writer, given, staged, key, share)
        finally:
            remove(aside)
        if ends[1] > (time.time() + 86_400) * 1000:
            coverage.notes.append(
                f"the log ends at {date(ends[1])}, later than this machine's clock: the clock that "
                "wrote it was wrong, or its zone or unit is (--zone, or a mapping)"
            )
        writer.finish(_manifest(writer, coverage, *ends))
    return coverage, names


def _refuse(paths: Sequence[Path], staged: Staged, strict: bool, mapping: Mapping) -> None:
    first = f", the first: {staged.places[0]}" if staged.places else ""
    if strict and staged.unusable:
        raise LogFileError(
            f"{staged.unusable:,} of {counted(staged.read, 'row')} cannot be used{first}; "
            "without --strict they are left out"
        )
    if not staged.requests and not staged.events:
        raise LogFileError(no_request(paths, staged, mapping))


def _write(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, writer: RecordingWriter,
    given: AccountRows, staged: Staged, key: bytes, share: float,
) -> tuple[Coverage, dict[str, Names]]:  # fmt: skip
    """Write all tables."""
    # A field that the format has and this log never fills is not recorded either.
    recorded = {name for name, share in staged.filled.items() if share}
    owners = names_of(connection, key, "account", True, given.first("account"))
    first = dict(zip(owners.name, owners.first.tolist(), strict=True))
    names = {"account": owners}
    for kind in _KINDS:
        own = first if kind in _OF_EVERYBODY else None
        names[kind] = names_of(
            connection, key, kind, kind in staged.held, given.first(kind, first), own
        )
    for kind in ("account", "key", "address", "client", "device", "card", "phone"):
        connection.register(f"ids_{kind}", names[kind].table())
    missing = write_entities(writer, names, staged.held | given.columns)
    accounts, known = given.table(names, first)
    writer.table("accounts", accounts)
    missing["accounts"] = not_recorded("accounts", known)
    missing["requests"], notes = write_requests(connection, writer, recorded, key)
    missing["activity"] = write_activity(connection, writer, staged.held, staged.events)
    notes += [*given.notes, *given.moved(first)]
    if "created" not in known:
        notes.append("sign-up is taken to be an account's first row in the log")
    if share < 1:
        notes.append(f"the log holds {share:.3g} of the requests: {RATES_LACK}")
    if mapping.rows == "buckets":
        notes.append(f"a row is a sum over the requests of some time, not a request: {RATES_LACK}")
    return Coverage(
        mapping.format, staged, len(accounts), missing, notes, mapping.lost,
        sampling=share, buckets=mapping.rows == "buckets",
    ), names  # fmt: skip


def _manifest(writer: RecordingWriter, coverage: Coverage, first: int, last: int) -> Manifest:
    """The manifest: reviews are at midnight (UTC) after each day of the log."""
    start, end = (first // MS_PER_DAY) * MS_PER_DAY, (last // MS_PER_DAY + 1) * MS_PER_DAY
    return Manifest(
        scenario=f"imported-{coverage.format}",
        seed=0,
        start=start,
        end=end,
        reviews=tuple(range(start + MS_PER_DAY, end + 1, MS_PER_DAY)),
        rows=writer.rows,
        fingerprints=writer.fingerprints,
        files=writer.files,
        versions={"shamcrowd": version("shamcrowd"), "duckdb": version("duckdb")},
        resolved={},
        synthetic=False,
        not_recorded=dict(coverage.not_recorded),
        imported=coverage.plain(),
    )
