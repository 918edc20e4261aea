"""What a detector is given: the log as of a moment. It cannot see a later row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from shamcrowd.recording.errors import MissingExtraError, UsageError
from shamcrowd.recording.schema import ENTITIES, TABLES, TIME
from shamcrowd.recording.source import Source, StoredSource
from shamcrowd.recording.units import EARLIEST

if TYPE_CHECKING:
    import pandas as pd


class Rows:
    """The rows of every table that became known after one moment and until another.

    Each method gives a table as pandas (``requests``, ``activity``, ``accounts``, ``entity``) or
    as Arrow (``arrow``), with the columns of :mod:`shamcrowd.recording.schema`.
    """

    def __init__(self, source: Source, after: int, until: int) -> None:
        self._source = source
        self._after = after
        self._until = until

    def arrow(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Any table, all columns or those named, without a copy through pandas.

        Raises:
            UsageError: if there is no such table or column.
        """
        if table not in TABLES:
            raise UsageError(f"no table {table!r}; there are: {', '.join(TABLES)}")
        unknown = set(columns or ()) - set(TABLES[table].names)
        if unknown:
            raise UsageError(
                f"table {table!r} has no column {', '.join(sorted(unknown))}; "
                f"it has: {', '.join(TABLES[table].names)}"
            )
        return self._source.rows(table, self._after, self._until, columns)

    def pieces(self, table: str, columns: Sequence[str], most: int) -> Iterator[pa.Table]:
        """The rows of a stream in time order, about ``most`` at a time, at least one piece.

        For more rows than should be held at once. Rows of one moment stay together.

        Raises:
            UsageError: if there is no such stream or column.

        >>> from shamcrowd.recording.samples import sample_log
        >>> new = LogView(sample_log(), sample_log().start + 86_400_000).new
        >>> sizes = [piece.num_rows for piece in new.pieces("requests", ["time", "account"], 100)]
        >>> sum(sizes) == len(new.requests()), min(sizes[:-1]) >= 100
        (True, True)
        """
        times = self.arrow(table, ["time"]).column(0).cast(pa.int64()).to_numpy()
        edges = [*dict.fromkeys(times[most - 1 : -1 : most].tolist()), self._until]
        after = self._after
        for edge in edges:
            yield Rows(self._source, after, edge).arrow(table, columns)
            after = edge

    def _pandas(self, table: str, columns: Sequence[str] | None) -> pd.DataFrame:
        frame: pd.DataFrame = self.arrow(table, columns).to_pandas()
        return frame

    def requests(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """API requests, in time order."""
        return self._pandas("requests", columns)

    def activity(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Sign-up, billing and enforcement rows, in time order."""
        return self._pandas("activity", columns)

    def accounts(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Accounts opened in the time covered."""
        return self._pandas("accounts", columns)

    def entity(self, table: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Addresses, clients, devices, cards, phones or mailboxes first seen in the time."""
        if table not in {entity.name for entity in ENTITIES}:
            raise UsageError(
                f"no entity table {table!r}; there are: {', '.join(e.name for e in ENTITIES)}"
            )
        return self._pandas(table, columns)


class LogView(Rows):
    """Everything the platform's log held at ``now``; ``new`` is what came since the last review.

    ``now``, ``since`` and ``start`` are milliseconds since 1970-01-01 UTC. At the first review
    ``new`` reaches back to the beginning, so that a detector which adds up ``new`` misses nothing.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = LogView(sample_log(), now=sample_log().start + 86_400_000)
    >>> len(log.requests()) == len(log.new.requests()) > 0
    True
    """

    def __init__(self, source: Source, now: int, since: int = EARLIEST) -> None:
        super().__init__(source, EARLIEST, now)
        self.now = now
        self.since = since
        self.start = source.start
        self.new = Rows(source, since, now)

    def at(self, now: int, since: int = EARLIEST) -> LogView:
        """The same log as it was at an earlier moment, for one who learns from its past.

        Raises:
            UsageError: if ``now`` is later than this view's.

        >>> from shamcrowd.recording.samples import sample_log
        >>> whole = LogView(sample_log(), now=sample_log().start + 2 * 86_400_000)
        >>> day = whole.at(whole.start + 86_400_000)
        >>> 0 < len(day.requests()) < len(whole.requests())
        True
        """
        if now > self.now:
            raise UsageError(f"this view ends at {self.now}; {now} is later")
        return LogView(self._source, now, since)

    def sql(self, query: str) -> pd.DataFrame:
        """Answer a query over the tables as of ``now`` (extra ``sql``: DuckDB).

        Only the tables named in the query are read. Times are UTC, without a zone.

        Raises:
            MissingExtraError: if DuckDB is not installed.
        """
        try:
            import duckdb
        except ImportError:
            raise MissingExtraError("log.sql needs DuckDB: pip install 'shamcrowd[sql]'") from None
        connection = duckdb.connect(":memory:", config={"enable_external_access": False})
        try:
            for name in TABLES:
                if name in query:
                    connection.register(name, _without_zone(self.arrow(name)))
            frame: pd.DataFrame = connection.sql(query).df()
        finally:
            connection.close()
        return frame


def _without_zone(table: pa.Table) -> pa.Table:
    """DuckDB needs an extension for zones, which it would fetch from the network."""
    plain = [f.with_type(pa.timestamp("ms")) if f.type == TIME else f for f in table.schema]
    return table.cast(pa.schema(plain))


def open_log(folder: Path | str, *, partial: bool = False) -> Source:
    """The tables of the recording in ``folder``, without its truth.

    ``partial`` opens one whose run ended early too, up to its manifest's ``end``.

    Raises:
        RecordingError: if it is no recording, half-written or damaged.
    """
    return StoredSource(Path(folder), partial=partial)
