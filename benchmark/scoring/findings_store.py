"""The findings of a detector on a whole recording, saved so that scoring needs no second run.

Alerts are sticky: an account counts as flagged from the first review at which its score exceeded
the operating point. It is therefore enough to save, for each account, the reviews at which its
score exceeded all of its earlier scores.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from shamcrowd.detectors.base import Findings, NamedThings
from shamcrowd.recording.atomic import begin_folder, new_folder, remove
from shamcrowd.recording.errors import UnreadableError
from shamcrowd.recording.json_file import JsonKind, as_record, read_checked, write_checked
from shamcrowd.recording.output import writing
from shamcrowd.recording.regular_file import check_regular
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.units import AccountIds
from shamcrowd.recording.whole import file_digest

NAME = "findings.json"
MEND = "run the detector again"
KIND = JsonKind("a note on findings", MEND)
_RISES, _LAST, _THINGS = "rises.parquet", "accounts.parquet", "things.parquet"
NEVER_FLAGGED = np.iinfo(np.int64).max
INCREASES = pa.schema(
    [
        pa.field("review", pa.int32(), nullable=False),
        pa.field("account", pa.int32(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
    ]
)
LAST = pa.schema(
    [
        pa.field("account", pa.int32(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("last_score", pa.float64(), nullable=False),
        pa.field("cluster", pa.int64(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
    ]
)
THINGS = pa.schema(
    [
        pa.field("review", pa.int32(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
    ]
)
"""A row for each review at which the score of a thing exceeded all of its earlier ones."""


@dataclass(frozen=True)
class FindingsMetadata:
    """How saved findings were made.

    Attributes:
        detector: name of the detector.
        key: everything that the findings depend on; they are reused only if it is equal.
        groups: does the detector return clusters?
        seconds: CPU time in seconds.
        peak_mib: largest resident set size in MiB.
        error: the message if the detector failed; "" if it did not.
        used: files that the detector used, with their content; they are reused only if it is what
            it was. Empty for one of ours.
        seal: by what its process was sealed off, or why it was not.
        files: BLAKE2b of each file of the findings; empty if the detector failed.
        scale: what the scores say that they are; see `Findings`.
    """

    detector: str
    key: dict[str, Any]
    groups: bool
    seconds: float
    peak_mib: float
    error: str = ""
    used: dict[str, Any] = field(default_factory=dict)
    seal: str = ""
    files: dict[str, str] = field(default_factory=dict)
    scale: str = ""


@dataclass
class SavedFindings:
    """Findings of one detector on one recording of n accounts.

    Attributes:
        account: account ids, ascending, shape (n,).
        score: the largest score that each account ever had, shape (n,).
        cluster: the cluster at the last review, -1 for none, shape (n,).
        reason: the reason given at the last review, n strings.
        increase_review: number of the review of each score increase, shape (m,).
        increase_account: account id of each score increase, shape (m,).
        increase_score: the new largest score, shape (m,).
        groups: does the detector return clusters?
        metadata: how the findings were made; None if they were not read from a file.
        things: the score increases of things that it named, as in `THINGS`; None if it named none.
        last_score: the score at the last review, NaN for accounts that it did not judge, shape
            (n,); None if that is not kept.
    """

    account: AccountIds
    score: npt.NDArray[np.float64]
    cluster: npt.NDArray[np.int64]
    reason: list[str]
    increase_review: npt.NDArray[np.int32]
    increase_account: AccountIds
    increase_score: npt.NDArray[np.float64]
    groups: bool = False
    metadata: FindingsMetadata | None = field(default=None, repr=False)
    things: pa.Table | None = field(default=None, repr=False)
    last_score: npt.NDArray[np.float64] | None = field(default=None, repr=False)

    def first_over(self, threshold: float) -> npt.NDArray[np.int64]:
        """Number of the first review at which each account's score exceeded ``threshold``.

        Shape (n,); ``NEVER_FLAGGED`` where it never did.

        >>> empty = np.empty(0)
        >>> saved = SavedFindings(np.array([4, 8], np.int32), np.array([3.0, 1.0]),
        ...     np.array([-1, -1]), ["", ""],
        ...     np.array([0, 2, 0]), np.array([4, 4, 8]), np.array([1.0, 3.0, 1.0]))
        >>> saved.first_over(2.0).tolist() == [2, NEVER_FLAGGED]
        True
        """
        first = np.full(len(self.account), NEVER_FLAGGED, np.int64)
        over = self.increase_score > threshold
        position = np.searchsorted(self.account, self.increase_account[over])
        np.minimum.at(first, position, self.increase_review[over].astype(np.int64))
        return first

    @classmethod
    def read(cls, folder: Path) -> SavedFindings:
        """Read the findings in ``folder``.

        Raises:
            UnreadableError: if there are none, or they are not as they were written.
        """
        metadata = read_metadata(folder)
        increases = _read(folder / _RISES, INCREASES, metadata)
        last = _read(folder / _LAST, LAST, metadata)
        return cls(
            account=last.column("account").to_numpy(),
            score=last.column("score").to_numpy(),
            cluster=last.column("cluster").to_numpy(),
            reason=last.column("reason").to_pylist(),
            increase_review=increases.column("review").to_numpy(),
            increase_account=increases.column("account").to_numpy(),
            increase_score=increases.column("score").to_numpy(),
            groups=metadata.groups,
            metadata=metadata,
            things=_read(folder / _THINGS, THINGS, metadata) if _THINGS in metadata.files else None,
            last_score=last.column("last_score").to_numpy(),
        )


def read_metadata(folder: Path) -> FindingsMetadata:
    """Read how the findings in ``folder`` were made.

    Raises:
        MissingFileError: if there are none.
        UnreadableError: if the note is not as it was written.
    """
    path = folder / NAME
    return as_record(FindingsMetadata, read_checked(path, KIND), path, KIND)


def _read(path: Path, schema: pa.Schema, metadata: FindingsMetadata) -> pa.Table:
    check_regular(path, MEND)
    if file_digest(path) != metadata.files.get(path.name):
        raise UnreadableError(path, "changed since it was written", MEND)
    return read_table(path, schema, mend=MEND)


class FindingsWriter:
    """Writes findings review by review into a partial folder; `publish` moves it into place.

    Publishing is a step of its own, since the detector's process may write to the partial folder
    only.

    Args:
        folder: where the findings will be.
        accounts: ids of all accounts of the recording, in any order.
    """

    def __init__(self, folder: Path, accounts: AccountIds) -> None:
        self._partial = begin_folder(folder)
        path = self._partial / _RISES
        with writing(folder):
            self._increases = pq.ParquetWriter(path, INCREASES, compression="zstd")
        self.account = np.sort(accounts)
        self._best = np.full(len(accounts), -np.inf)
        self._last = np.full(len(accounts), np.nan)
        self._scale = ""
        self._cluster = np.full(len(accounts), -1, np.int64)
        self._reason = np.full(len(accounts), "", object)
        self._groups = False
        self._best_of: dict[tuple[str, str], float] = {}
        self._things: list[tuple[int, str, str, float]] = []

    def add(self, review: int, found: Findings) -> None:
        """Add the findings of one review."""
        self._name(review, found.things)
        position = np.searchsorted(self.account, found.account)
        up = found.score > self._best[position]
        self._best[position[up]] = found.score[up]
        self._last[position] = found.score
        self._scale = found.scale
        rows = [np.full(int(up.sum()), review, np.int32), found.account[up], found.score[up]]
        with writing(self._partial):
            self._increases.write_table(pa.table([pa.array(r) for r in rows], schema=INCREASES))
        if found.cluster is not None:
            self._groups = True
            self._cluster[position] = found.cluster
        if found.reason is not None:
            self._reason[position] = np.asarray(found.reason, object)

    def _name(self, review: int, things: NamedThings | None) -> None:
        if things is None:
            return
        for kind, name, score in zip(things.kind, things.name, things.score.tolist(), strict=True):
            if score > self._best_of.get((kind, name), -np.inf):
                self._best_of[kind, name] = score
                self._things.append((review, kind, name, score))

    @property
    def partial(self) -> Path:
        """The folder written to until the findings are complete."""
        return self._partial

    def finish(
        self, name: str, key: dict[str, Any], seconds: float, peak_mib: float,
        used: dict[str, Any] | None = None, seal: str = "",
    ) -> None:  # fmt: skip
        """Write the rest; `publish` then moves the findings into place."""
        whole = [self.account, self._best, self._last, self._cluster, self._reason]
        table = pa.table([pa.array(c) for c in whole], schema=LAST)
        with writing(self._partial):
            self._increases.close()
            pq.write_table(table, self._partial / _LAST, compression="zstd")
            written = [_RISES, _LAST]
            if self._things:
                rows = pa.table(
                    [pa.array(c) for c in zip(*self._things, strict=True)], THINGS.names
                )
                pq.write_table(rows.cast(THINGS), self._partial / _THINGS, compression="zstd")
                written.append(_THINGS)
            files = {file: file_digest(self._partial / file) for file in written}
            metadata = FindingsMetadata(
                name, key, self._groups, seconds, peak_mib, used=used or {}, seal=seal,
                files=files, scale=self._scale,
            )  # fmt: skip
            write_metadata(self._partial, metadata)

    def abandon(self) -> None:
        """Delete what was written."""
        with suppress(OSError):
            self._increases.close()
        remove(self._partial)


def write_metadata(folder: Path, metadata: FindingsMetadata) -> None:
    """Write ``findings.json``."""
    write_checked(folder / NAME, asdict(metadata))


def write_failure(folder: Path, metadata: FindingsMetadata) -> None:
    """Record that a detector failed, in place of findings."""
    with new_folder(folder) as partial:
        write_metadata(partial, metadata)
