"""The requests of a recording as columns, by account and then time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, Millis
from shamcrowd.recording.view import open_log

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
MOST = 2_000_000
"""Requests that are looked at; of a larger log, those of every k-th account."""
SESSION_MS = 1_800_000
"""A longer gap between two requests of an account begins another session (30 minutes)."""
_COLUMNS = ("time", "account", "address", "conversation", "input_tokens", "output_tokens",
            "duration", "status")  # fmt: skip


@dataclass(frozen=True)
class LoggedRequests:
    """Requests in order of account and time, n of k accounts.

    Attributes:
        start: first moment of the recording, ms since 1970; midnight.
        days: its length.
        share: share of the accounts that are looked at.
        account: codes from 0 to k - 1, shape (n,).
        time: ms since 1970, shape (n,).
        created: when each account was opened, ms, shape (k,); the start where it is not recorded.
        columns: the other columns by name, shape (n,) each; those not recorded are left out.
    """

    start: int
    days: int
    share: float
    account: Ints
    time: Millis
    created: Millis
    columns: dict[str, Ints]

    def __len__(self) -> int:
        return len(self.time)

    @cached_property
    def gap(self) -> Ints:
        """Ms since the account's request before, shape (n,); very long before its first one."""
        gap = np.diff(self.time, prepend=0)
        gap[np.diff(self.account, prepend=-1) != 0] = np.iinfo(np.int64).max // 2
        return gap

    @cached_property
    def session(self) -> Ints:
        """Number of the session of each request, from 0, shape (n,)."""
        return np.cumsum(self.gap > SESSION_MS) - 1

    @cached_property
    def session_starts(self) -> Ints:
        """Rows with which sessions begin."""
        return np.flatnonzero(self.gap > SESSION_MS)

    @cached_property
    def turn(self) -> Ints | None:
        """Number of each request in its conversation, from 0; None without conversations."""
        conversation = self.columns.get("conversation")
        if conversation is None:
            return None
        order = np.lexsort((np.arange(len(self)), conversation, self.account))
        same = (np.diff(conversation[order], prepend=-1) == 0) & (
            np.diff(self.account[order], prepend=-1) == 0
        )
        begin = np.maximum.accumulate(np.where(same, 0, np.arange(len(self))))
        turn = np.empty(len(self), np.int64)
        turn[order] = np.arange(len(self)) - begin
        return turn


def logged_requests(folder: Path, most: int = MOST) -> LoggedRequests:
    """Read the requests of a recording.

    Args:
        folder: the recording, with truth or without; its truth is not opened.
        most: requests to be looked at, about.

    Raises:
        RecordingError: if ``folder`` is no recording.
    """
    manifest, source = Manifest.read(folder), open_log(folder)
    accounts = source.rows("accounts", EARLIEST, manifest.end, ["account", "created"])
    step = max(1, -(-manifest.rows["requests"] // most))
    chosen = np.sort(accounts["account"].to_numpy())[::step]
    lacking = set(manifest.not_recorded.get("requests", ()))
    wanted = [name for name in _COLUMNS if name not in lacking or name in ("time", "account")]
    parts, since = [], EARLIEST
    for now in (*manifest.reviews, manifest.end):
        if now <= since:
            continue
        rows = source.rows("requests", since, now, wanted)
        parts.append(rows.filter(pc.is_in(rows["account"], pa.array(chosen))))
        since = now
    table = pa.concat_tables(parts)
    account = np.searchsorted(chosen, table["account"].to_numpy())
    time = table["time"].cast(pa.int64()).to_numpy()
    order = np.lexsort((time, account))
    columns = {name: table[name].cast(pa.int64()).to_numpy()[order]
               for name in wanted if name not in ("time", "account")}  # fmt: skip
    seen, code = np.unique(account[order], return_inverse=True)
    at = np.argsort(accounts["account"].to_numpy())
    opened = accounts["created"].cast(pa.int64()).to_numpy()[at][::step]
    if "created" in manifest.not_recorded.get("accounts", ()):
        # Its first request says little of when somebody came.
        opened = np.full(len(opened), manifest.start)
    return LoggedRequests(
        manifest.start, -(-(manifest.end - manifest.start) // MS_PER_DAY), 1 / step,
        code.astype(np.int64), time[order], opened[seen], columns,
    )  # fmt: skip
