"""Which columns a detector looks at, and what it is blind to on a log that lacks some of them.

The columns are observed while the detector reads a log, not declared. Columns that every log has
(ids of accounts, moments) are no signals, but for the moments of requests read by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from shamcrowd.recording.optional_tables import OPTIONAL, VISIBLE
from shamcrowd.recording.schema import ACCOUNTS
from shamcrowd.recording.source import Source

_ALWAYS = {
    "accounts": {"account"},
    "requests": {"request", "time", "account"},
    "activity": {"time", "account"},
    "uses": {"time", "account", "kind"},
}
_HELPING = {f"{ACCOUNTS.name}.created", "activity.kind"}
RHYTHM = "requests.time"
"""The signal of a detector that reads moments of requests alone."""
Signals = frozenset[str]
"""Columns, each as ``table.column``."""


class NotingSource:
    """A source that remembers which columns were asked for."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.start = source.start
        self._asked: set[str] = set()

    def rows(
        self, table: str, after: int, until: int, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """See `shamcrowd.recording.source.Source`."""
        spec, found = VISIBLE[table], self.source.rows(table, after, until, columns)
        if table in OPTIONAL and not found.num_rows:
            # A table that the log does not have is no signal.
            return found
        wanted = spec.names if columns is None else columns
        always = _ALWAYS.get(table) or {spec.columns[0].name, spec.seen}
        asked = [f"{table}.{name}" for name in wanted if name not in always]
        if not asked and table == "requests" and {"time", "account"} <= set(wanted):
            asked = [RHYTHM]
        self._asked.update(asked)
        return found

    @property
    def signals(self) -> Signals:
        """The columns asked for so far, without those that every log has."""
        return frozenset(self._asked)


def blind_to(signals: Signals, not_recorded: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Which of a detector's columns a log does not have, sorted.

    >>> blind_to(frozenset({"accounts.device", "requests.address"}), {"accounts": ["device"]})
    ('accounts.device',)
    """
    lacking = {f"{table}.{name}" for table, names in not_recorded.items() for name in names}
    return tuple(sorted(signals & lacking))


def is_applicable(signals: Signals, blind: Sequence[str]) -> bool:
    """Whether a detector has something to look at.

    It has if one of its columns of accounts, requests, activity or uses is there, besides the
    moment of sign-up and the kinds of other events. What a table says of an address or a card helps
    only if accounts are linked to it.

    >>> signals = frozenset({"accounts.created", "accounts.device", "devices.os"})
    >>> is_applicable(signals, ["accounts.device"])
    False
    """
    informative = {s for s in signals if s.split(".")[0] in _ALWAYS} - _HELPING
    return not informative or bool(informative - set(blind))
