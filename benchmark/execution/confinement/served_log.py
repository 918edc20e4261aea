"""The log as a plug-in reads it: every table is asked for at the benchmark, which has the files.

So nothing later than the review can be reached by any means, and neither can the manifest.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from threading import Lock
from typing import Any

import pyarrow as pa

from shamcrowd.benchmark.execution.confinement.messages import (
    BadAnswerError,
    Channel,
)
from shamcrowd.recording.dictionaries import only_used
from shamcrowd.recording.errors import DetectorError, UnreadableError
from shamcrowd.recording.optional_tables import VISIBLE
from shamcrowd.recording.source import Source

MOST_ROWS = 1 << 40
"""Bytes of a table that a plug-in may be sent: as many as there are."""


class ServedLog:
    """A `Source` that asks the benchmark for rows.

    Attributes:
        start: first moment of the log, ms since 1970.
        live: whether the run that it tells of is still in progress.
    """

    def __init__(self, channel: Channel, name: str, start: int, live: bool) -> None:
        self.start, self.live = start, live
        self._channel, self._name = channel, name
        self._process, self._lock = os.getpid(), Lock()

    def rows(
        self, table: str, after: int, until: int, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """See `Source`.

        Raises:
            DetectorError: in a process that the plug-in has started.
            UnreadableError: if the rows cannot be read.
        """
        if os.getpid() != self._process:
            raise DetectorError(
                "the log can be read in the detector's own process only; read what you need there "
                "and hand it to the processes that you start"
            )
        question = {
            "rows": self._name, "table": table, "after": int(after), "until": int(until),
            "columns": None if columns is None else list(columns),
        }  # fmt: skip
        with self._lock:
            self._channel.send(question)
            head, body = self._channel.receive(MOST_ROWS, files=True)
        if "failed" in head:
            raise UnreadableError(*head["failed"])
        found: pa.Table = pa.ipc.open_stream(pa.py_buffer(body)).read_all()
        return found


def _moment(asked: int) -> int:
    """A moment that fits into 64 bits."""
    return min(max(asked, -(2**62)), 2**62)


def _refuse_twice(columns: Sequence[str]) -> None:
    """A column that is asked for a thousand times would take the benchmark's memory."""
    if len(set(columns)) < len(columns):
        raise BadAnswerError("it asked for a column twice")


def answer(channel: Channel, source: Source, latest: int, question: dict[str, Any]) -> None:
    """Send the rows that a plug-in asks for, none of them later than ``latest``.

    Raises:
        BadAnswerError: if the question is none.
        ClosedError: if the plug-in has gone.
    """
    table, columns = question.get("table"), question.get("columns")
    after, until = question.get("after"), question.get("until")
    if not isinstance(table, str) or table not in VISIBLE:
        raise BadAnswerError("it asked for rows of no table")
    known = VISIBLE[table].names
    if type(after) is not int or type(until) is not int:
        raise BadAnswerError("it asked for rows of no table")
    if columns is not None:
        if not (isinstance(columns, list) and all(c in known for c in columns)):
            raise BadAnswerError("it asked for columns that there are not")
        _refuse_twice(columns)
    try:
        found = source.rows(table, _moment(after), min(_moment(until), latest), columns)
    except UnreadableError as fault:
        channel.send({"failed": [fault.path, fault.what, fault.mend]})
        return
    channel.send_table({}, only_used(found))
