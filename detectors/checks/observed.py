"""What a detector reads and gives, seen while it reviews a small log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from shamcrowd.detectors.base import Detector
from shamcrowd.detectors.checks.trial import DAYS, fitted
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView


@dataclass(frozen=True)
class Observed:
    """What a detector did.

    Attributes:
        columns: the columns that it read, by table; both in order of the name.
        groups: whether it gave clusters.
        reasons: whether it gave reasons.
        fits: whether it is fitted on labels first.
    """

    columns: dict[str, tuple[str, ...]]
    groups: bool
    reasons: bool
    fits: bool

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it read."""
        return tuple(self.columns)


class _Watched:
    """A log that notes what is read of it."""

    def __init__(self) -> None:
        self._log = sample_log()
        self.read: dict[str, set[str]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def rows(
        self, table: str, since: int, until: int, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """Rows of a table, as the log gives them."""
        found = self._log.rows(table, since, until, columns)
        self.read.setdefault(table, set()).update(found.column_names)
        return found


def observe(make: Callable[[], Detector]) -> Observed:
    """Let a new detector review a small log once, after three days.

    >>> from shamcrowd.detectors.controls.age_only import AgeOnly
    >>> seen = observe(AgeOnly)
    >>> seen.columns, seen.groups
    ({'accounts': ('account', 'created')}, False)
    """
    log: Any = _Watched()
    detector = fitted(make)()
    found = detector.review(LogView(log, log.start + DAYS * MS_PER_DAY))
    columns = {table: tuple(sorted(names)) for table, names in sorted(log.read.items())}
    reasons = found.reason is not None and any(found.reason)
    return Observed(columns, found.cluster is not None, reasons, hasattr(detector, "fit"))
