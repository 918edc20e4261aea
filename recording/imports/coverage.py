"""What an import found: rows kept and left out, and which columns of a recording it fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shamcrowd.recording.imports.staging import Staged
from shamcrowd.recording.schema import TABLES


@dataclass(frozen=True)
class Coverage:
    """The report of an import.

    Attributes:
        format: the log format.
        staged: rows read, kept and left out.
        accounts: accounts found.
        not_recorded: columns that the log does not have, by table; they are filled in.
        notes: sentences about what was changed or assumed.
        lost: what the format itself lacks.
        sampling: share of the requests that the log holds.
        buckets: whether a row is a sum over several requests.
    """

    format: str
    staged: Staged
    accounts: int
    not_recorded: Mapping[str, list[str]]
    notes: list[str] = field(default_factory=list)
    lost: str = ""
    sampling: float = 1.0
    buckets: bool = False

    @property
    def share(self) -> tuple[int, int]:
        """Columns of requests that the log has, and how many there are."""
        columns = len(TABLES["requests"].columns)
        return columns - len(self.not_recorded["requests"]), columns

    def plain(self) -> dict[str, Any]:
        """The report as data, without `not_recorded`."""
        staged = self.staged
        return {
            "format": self.format,
            "rows": {
                "read": staged.read, "requests": staged.requests, "events": staged.events,
                "skipped": staged.skipped, "damaged": staged.damaged, "no_time": staged.no_time,
                "no_account": staged.no_account, "twice": staged.twice,
            },
            "wrong": staged.wrong,
            "first_unusable": staged.places,
            "accounts": self.accounts,
            "filled": {k: round(v, 4) for k, v in staged.filled.items() if k not in ("kind",)},
            "notes": self.notes,
            "lost": self.lost,
            "sampling": self.sampling,
            "buckets": self.buckets,
        }  # fmt: skip
