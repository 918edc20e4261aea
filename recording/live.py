"""The log of a simulation in progress, for detectors in the closed loop.

The folder of a simulation in progress holds finished days as a recording does. The rest is below
``live/`` in Arrow files: the current day's requests and activity, one file per time slice, and the
rows of all other tables, one file per review. It holds nothing of the truth, and nothing later than
the last review.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from shamcrowd.recording.columns import Table
from shamcrowd.recording.days import stem_range
from shamcrowd.recording.errors import RecordingError, UnreadableError
from shamcrowd.recording.json_file import read_json
from shamcrowd.recording.optional_tables import OPTIONAL, VISIBLE
from shamcrowd.recording.parquet import Parquet, between, in_time_order
from shamcrowd.recording.schema import STREAMS, TABLES

LIVE = "live"
_ABOUT = "about.json"
DIGITS = 6
_STREAMS = frozenset(table.name for table in STREAMS)
_REVIEWS = "reviews"
REVIEWED = tuple(name for name in TABLES if name not in _STREAMS)


def begin_live(folder: Path, start: int, interval: int) -> None:
    """Create the folders of a simulation in progress.

    Args:
        folder: where the recording is being written.
        start: first moment of the recording, ms since 1970.
        interval: time between reviews, ms.
    """
    for name in (*sorted(_STREAMS), _REVIEWS):
        (folder / LIVE / name).mkdir(parents=True)
    about = json.dumps({"start": start, "interval": interval})
    (folder / LIVE / _ABOUT).write_text(about + "\n", "utf-8")


def live_path(folder: Path, table: str, number: int, shard: int) -> Path:
    """Return the path of a stream's rows of one time slice and shard."""
    return folder / LIVE / table / f"{number:0{DIGITS}d}-{shard:03d}.arrow"


def write_live(table: pa.Table, schema: Table, path: Path) -> None:
    """Write rows of a table for views of the simulation in progress, uncompressed for speed."""
    if not table.num_rows:
        return
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema.schema) as writer:
        writer.write_table(table)


def write_live_review(tables: Mapping[str, pa.Table], folder: Path, number: int) -> None:
    """Write the new rows of all tables but the streams as of one review into one file."""
    with pa.BufferOutputStream() as sink:
        for name in REVIEWED:
            schema = TABLES[name].schema
            with pa.ipc.new_stream(sink, schema) as writer:
                if name in tables:
                    writer.write_table(tables[name])
        _review_path(folder, number).write_bytes(sink.getvalue())


def _review_path(folder: Path, number: int) -> Path:
    return folder / LIVE / _REVIEWS / f"{number:0{DIGITS}d}.arrow"


class LiveSource:
    """The log of a simulation in progress, opened by its folder from any process.

    Rows of the same millisecond as a review are not generated yet when the review takes place, so
    they belong to the next: the bounds of ``rows(table, after, until)`` are
    ``after <= seen < until`` here.
    """

    def __init__(self, folder: Path | str, keep: int = 256 * 2**20) -> None:
        """Open the simulation in progress in ``folder``.

        Args:
            folder: where the recording is being written.
            keep: size of the cache of columns in bytes.

        Raises:
            RecordingError: if no simulation is in progress there.
        """
        self._folder = Path(folder)
        try:
            about = read_json(self._folder / LIVE / _ABOUT, "simulate again")
            self.start, self._interval = int(about["start"]), int(about["interval"])
        except (UnreadableError, ValueError, LookupError, TypeError) as fault:
            raise RecordingError(
                folder, f"no simulation is in progress there ({fault})", "name another folder"
            ) from fault
        self._parquet = Parquet(keep)
        self._reviews: list[dict[str, pa.Table]] = []

    def rows(
        self, table: str, after: int, until: int, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """See :class:`Source`."""
        spec = VISIBLE[table]
        names = list(spec.names if columns is None else columns)
        if table in OPTIONAL:
            return pa.schema([spec.schema.field(n) for n in names]).empty_table()
        needed = list(dict.fromkeys([spec.seen, spec.names[0], *names]))
        after, until = after - 1, until - 1
        stream = table in _STREAMS
        find = self._of_stream if stream else self._of_reviews
        parts = [part for part in find(spec, after, until, needed) if part.num_rows]
        if not parts:
            return pa.schema([spec.schema.field(n) for n in names]).empty_table()
        whole = pa.concat_tables(parts).unify_dictionaries()
        if len(parts) > 1:
            whole = in_time_order(whole) if stream else _by_id(whole, spec.names[0])
        return whole.select(names)

    def _of_stream(
        self, spec: Table, after: int, until: int, needed: list[str]
    ) -> Iterator[pa.Table]:
        """Rows with ``after < seen <= until``, of finished days and of the current day's slices."""
        for path in sorted((self._folder / spec.name).glob("*.parquet")):
            first, last = stem_range(path.name, self.start)
            if last > after and first <= until:
                yield from self._parquet.parts(path, spec, after, until, needed, True)
        for path in sorted((self._folder / LIVE / spec.name).glob("*.arrow")):
            part = _opened(path)
            plain = pa.table({name: part.column(name) for name in needed})
            yield between(plain, spec.seen, after, until, True)

    def _of_reviews(
        self, spec: Table, after: int, until: int, needed: list[str]
    ) -> Iterator[pa.Table]:
        """Rows with ``after < seen <= until``; the files of past reviews stay memory-mapped."""
        while (path := _review_path(self._folder, len(self._reviews))).is_file():
            self._reviews.append(_review(path))
        for number, tables in enumerate(self._reviews):
            begin = self.start + number * self._interval
            if (number and begin > until) or begin + self._interval <= after:
                continue
            part = tables[spec.name]
            plain = pa.table({name: part.column(name) for name in needed})
            yield between(plain, spec.seen, after, until, False)


def _review(path: Path) -> dict[str, pa.Table]:
    with pa.memory_map(str(path)) as file:
        return {name: pa.ipc.open_stream(file).read_all() for name in REVIEWED}


def _opened(path: Path) -> pa.Table:
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).read_all()


def _by_id(table: pa.Table, key: str) -> pa.Table:
    ids = table.column(key).to_numpy()
    return table.take(pa.array(np.argsort(ids, kind="stable")))
