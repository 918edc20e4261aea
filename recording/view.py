"""The view that a detector is given: the log as of a moment, without later rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from shamcrowd.recording.columns import TIME
from shamcrowd.recording.errors import MissingExtraError, UsageError
from shamcrowd.recording.optional_tables import VISIBLE
from shamcrowd.recording.schema import ENTITIES
from shamcrowd.recording.source import Source, StoredSource
from shamcrowd.recording.units import EARLIEST

if TYPE_CHECKING:
    import pandas as pd


class Rows:
    """The rows of every table that became visible after one moment and up to another.

    Each method returns a table as pandas (``requests``, ``activity``, ``accounts``, ``entity``) or
    as Arrow (``arrow``), with the columns of :mod:`shamcrowd.recording.schema`.

    Args:
        source: where the rows come from.
        after: exclusive lower bound, ms since 1970.
        until: inclusive upper bound, ms since 1970.
    """

    def __init__(self, source: Source, after: int, until: int) -> None:
        self._source = source
        self._after = after
        self._until = until

    def arrow(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a table in Arrow's format, without a copy through pandas.

        Args:
            table: its name, one of `shamcrowd.recording.schema.VISIBLE`.
            columns: names of the columns to return; all if None.

        Raises:
            UsageError: if there is no such table or column.
        """
        if table not in VISIBLE:
            raise UsageError(f"no table {table!r}; there are: {', '.join(VISIBLE)}")
        unknown = set(columns or ()) - set(VISIBLE[table].names)
        if unknown:
            raise UsageError(
                f"table {table!r} has no column {', '.join(sorted(unknown))}; "
                f"it has: {', '.join(VISIBLE[table].names)}"
            )
        return self._source.rows(table, self._after, self._until, columns)

    def pieces(self, table: str, columns: Sequence[str], most: int) -> Iterator[pa.Table]:
        """Yield the rows of a stream in time order, about ``most`` at a time; at least one piece.

        For streams with more rows than should be in memory at once. Rows of one moment stay
        together.

        Args:
            table: ``requests`` or ``activity``.
            columns: names of the columns to return.
            most: number of rows of a piece; more if they are of one moment.

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
        """Return API requests, in time order."""
        return self._pandas("requests", columns)

    def activity(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return all other events (sign-up, log-ins, billing, enforcement), in time order."""
        return self._pandas("activity", columns)

    def accounts(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return accounts opened in the time covered, one row each."""
        return self._pandas("accounts", columns)

    def entity(self, table: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return entities of one table that were first seen in the time covered.

        Args:
            table: ``addresses``, ``clients``, ``devices``, ``cards``, ``phones`` or ``mailboxes``.
            columns: names of the columns to return; all if None.

        Raises:
            UsageError: if there is no such table or column.
        """
        if table not in {entity.name for entity in ENTITIES}:
            raise UsageError(
                f"no entity table {table!r}; there are: {', '.join(e.name for e in ENTITIES)}"
            )
        return self._pandas(table, columns)


class LogView(Rows):
    """The platform's log as of a review: what a detector is given.

    The methods return all rows up to ``now``; those of ``new`` only rows since the previous
    review. At the first review ``new`` reaches back to the beginning, so that a detector can
    process every row exactly once with ``new`` alone.

    Attributes:
        now: moment of the review, ms since 1970-01-01 UTC.
        since: moment of the previous review, ms; `shamcrowd.recording.units.EARLIEST` at the first.
        start: first moment of the recording, ms.
        new: the rows after ``since``.

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
        """Return the same log as of an earlier moment, to learn from its history.

        Args:
            now: the moment, ms since 1970, not later than this view's.
            since: moment of the previous review, ms.

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
        """Run an SQL query over the tables as of ``now`` (DuckDB, extra ``sql``).

        Only the tables named in the query are read. Times are UTC, without a time zone.

        Raises:
            MissingExtraError: if DuckDB is not installed.
        """
        try:
            import duckdb
        except ImportError:
            raise MissingExtraError("log.sql needs DuckDB: pip install 'shamcrowd[sql]'") from None
        connection = duckdb.connect(":memory:", config={"enable_external_access": False})
        try:
            for name in VISIBLE:
                if name in query:
                    connection.register(name, _without_zone(self.arrow(name)))
            frame: pd.DataFrame = connection.sql(query).df()
        finally:
            connection.close()
        return frame


def _without_zone(table: pa.Table) -> pa.Table:
    """Drop the time zone: for zones DuckDB needs an extension that it fetches from the network."""
    plain = [f.with_type(pa.timestamp("ms")) if f.type == TIME else f for f in table.schema]
    return table.cast(pa.schema(plain))


def open_log(folder: Path | str, *, partial: bool = False) -> Source:
    """Open the log of the recording in ``folder``, without its truth.

    Args:
        folder: the recording.
        partial: accept a recording whose simulation ended early; it reaches to its manifest's
            ``end``.

    Raises:
        RecordingError: if it is not a complete, undamaged recording.
    """
    return StoredSource(Path(folder), partial=partial)
