"""What a detector said over a whole recording, saved so that scoring needs no second run.

An alert sticks: an account counts as flagged from the first review at which its score passed the
operating point. So it is enough to keep, for each account, every review at which its score rose
above all it had before.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from shamcrowd.benchmark.execution.engines.work import drop
from shamcrowd.recording.errors import RecordingError

NEVER_FLAGGED = np.iinfo(np.int64).max
RISES = pa.schema([("review", pa.int32()), ("account", pa.int32()), ("score", pa.float64())])
LAST = pa.schema(
    [
        ("account", pa.int32()),
        ("score", pa.float64()),
        ("cluster", pa.int64()),
        ("reason", pa.string()),
    ]
)


@dataclass(frozen=True)
class TraceNote:
    """How a trace came about. ``key`` must match for it to be used again."""

    detector: str
    key: dict[str, Any]
    groups: bool
    seconds: float
    peak_mib: float
    error: str = ""


@dataclass
class Trace:
    """Scores of one detector on one recording.

    ``account`` (sorted) with ``score`` (the largest ever), ``cluster`` (-1: none) and ``reason``
    at the last review; ``rises`` of the score as three columns.
    """

    account: npt.NDArray[np.int32]
    score: npt.NDArray[np.float64]
    cluster: npt.NDArray[np.int64]
    reason: list[str]
    rise_review: npt.NDArray[np.int32]
    rise_account: npt.NDArray[np.int32]
    rise_score: npt.NDArray[np.float64]
    groups: bool = False
    note: TraceNote | None = field(default=None, repr=False)

    def first_over(self, threshold: float) -> npt.NDArray[np.int64]:
        """Number of the first review at which each account's score was over ``threshold``.

        >>> empty = np.empty(0)
        >>> trace = Trace(np.array([4, 8], np.int32), np.array([3.0, 1.0]), np.array([-1, -1]),
        ...     ["", ""], np.array([0, 2, 0]), np.array([4, 4, 8]), np.array([1.0, 3.0, 1.0]))
        >>> trace.first_over(2.0).tolist() == [2, NEVER_FLAGGED]
        True
        """
        first = np.full(len(self.account), NEVER_FLAGGED, np.int64)
        over = self.rise_score > threshold
        place = np.searchsorted(self.account, self.rise_account[over])
        np.minimum.at(first, place, self.rise_review[over].astype(np.int64))
        return first

    @classmethod
    def read(cls, folder: Path) -> Trace:
        """Read the trace in ``folder``.

        Raises:
            RecordingError: if there is none, or it is damaged.
        """
        try:
            note = read_note(folder)
            rises = pq.read_table(folder / "rises.parquet")
            last = pq.read_table(folder / "accounts.parquet")
        except (OSError, ValueError, TypeError, pa.ArrowException) as fault:
            raise RecordingError(
                f"{folder}: findings cannot be read ({fault}); run the detector again"
            ) from fault
        return cls(
            account=last.column("account").to_numpy(),
            score=last.column("score").to_numpy(),
            cluster=last.column("cluster").to_numpy(),
            reason=last.column("reason").to_pylist(),
            rise_review=rises.column("review").to_numpy(),
            rise_account=rises.column("account").to_numpy(),
            rise_score=rises.column("score").to_numpy(),
            groups=note.groups,
            note=note,
        )


def read_note(folder: Path) -> TraceNote:
    """How the trace in ``folder`` came about."""
    return TraceNote(**json.loads((folder / "trace.json").read_text("utf-8")))


class TraceWriter:
    """Writes a trace review by review, beside its place, and moves it there when whole."""

    def __init__(self, folder: Path, accounts: npt.NDArray[np.int32]) -> None:
        self._aside = _aside(folder)
        shutil.rmtree(self._aside, ignore_errors=True)
        self._aside.mkdir(parents=True)
        self._rises = pq.ParquetWriter(self._aside / "rises.parquet", RISES, compression="zstd")
        self.account = np.sort(accounts)
        self._best = np.full(len(accounts), -np.inf)
        self._cluster = np.full(len(accounts), -1, np.int64)
        self._reason = np.full(len(accounts), "", object)
        self._groups = False

    def add(
        self,
        review: int,
        account: npt.NDArray[np.int32],
        score: npt.NDArray[np.float64],
        cluster: npt.NDArray[np.int64] | None,
        reason: Any,
    ) -> None:
        """Take in what was said at one review."""
        place = np.searchsorted(self.account, account)
        up = score > self._best[place]
        self._best[place[up]] = score[up]
        rows = [np.full(int(up.sum()), review, np.int32), account[up], score[up]]
        self._rises.write_table(pa.table([pa.array(r) for r in rows], schema=RISES))
        if cluster is not None:
            self._groups = True
            self._cluster[place] = cluster
        if reason is not None:
            self._reason[place] = np.asarray(reason, object)

    @property
    def aside(self) -> Path:
        """Where it writes until it is whole."""
        return self._aside

    def finish(self, name: str, key: dict[str, Any], seconds: float, peak_mib: float) -> None:
        """Write the rest; `settle` then puts the trace in its place."""
        self._rises.close()
        columns = [self.account, self._best, self._cluster, self._reason]
        table = pa.table([pa.array(c) for c in columns], schema=LAST)
        pq.write_table(table, self._aside / "accounts.parquet", compression="zstd")
        write_note(self._aside, TraceNote(name, key, self._groups, seconds, peak_mib))

    def abandon(self) -> None:
        """Throw away what was written."""
        self._rises.close()
        shutil.rmtree(self._aside, ignore_errors=True)


def write_note(folder: Path, note: TraceNote) -> None:
    """Write ``trace.json``."""
    text = json.dumps(asdict(note), indent=1, sort_keys=True) + "\n"
    (folder / "trace.json").write_text(text, "utf-8")


def write_failure(folder: Path, note: TraceNote) -> None:
    """Keep that a detector failed, in place of findings."""
    aside = _aside(folder)
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    write_note(aside, note)
    settle(folder)


def settle(folder: Path) -> None:
    """Put a trace that is whole in its place.

    Apart from writing it: the detector's process can write to its own findings only.
    """
    drop(folder)
    _aside(folder).replace(folder)


def _aside(folder: Path) -> Path:
    return folder.with_name(folder.name + ".partial")
