"""Stores the feature tables of a recording, computed once and read by every detector of a run.

A store is a folder with one Parquet file per review and ``features.json``, which names the
recording and holds a checksum of each file. A file holds the rows of the table that changed since
the previous review, so that an idle account takes no space. The benchmark makes the store and
passes it to detectors with the log, as a `StoredLog`.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.features.running import RunningFeatures
from shamcrowd.detectors.features.table import NAMES
from shamcrowd.recording.atomic import new_folder
from shamcrowd.recording.errors import UnreadableError
from shamcrowd.recording.json_file import read_json
from shamcrowd.recording.origin import source_digest
from shamcrowd.recording.source import Source
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView

NOTE = "features.json"
PLACE, ACCOUNT = "place", "account"
SCHEMA = pa.schema(
    [(PLACE, pa.int32()), (ACCOUNT, pa.int32()), *((name, pa.float64()) for name in NAMES)]
)
_MEND = "run again"
_CHUNK = 1 << 20


def make_store(source: Source, moments: Sequence[int], fingerprint: str, folder: Path) -> None:
    """Compute the features of a log at each of ``moments`` and store them in one step.

    Args:
        source: the log.
        moments: moments of the reviews, ms since 1970.
        fingerprint: fingerprint of the recording.
        folder: where the store will be; replaced if it exists.
    """
    with new_folder(folder) as aside:
        _write(source, moments, fingerprint, aside)


def _write(source: Source, moments: Sequence[int], fingerprint: str, folder: Path) -> None:
    features, since = RunningFeatures(), EARLIEST
    before = np.empty((0, len(NAMES)))
    sums = []
    for number, now in enumerate(moments):
        features.update(LogView(source, now, since))
        since, table = now, features.settled
        changed = np.ones(len(table), np.bool_)
        changed[: len(before)] = (table[: len(before)] != before).any(axis=1)
        place, before = np.flatnonzero(changed), table
        columns = {PLACE: place.astype(np.int32), ACCOUNT: features.index.ids[place]}
        columns |= {name: table[place, i] for i, name in enumerate(NAMES)}
        path = folder / _file(number)
        pq.write_table(
            pa.table(columns), path, compression="zstd", compression_level=1,
            write_statistics=False,
        )  # fmt: skip
        sums.append(_checksum(path))
    note = {**_key(moments, fingerprint), "checksums": sums}
    (folder / NOTE).write_text(json.dumps(note, indent=1) + "\n", "utf-8")


def is_stored(moments: Sequence[int], fingerprint: str, folder: Path) -> bool:
    """Return whether ``folder`` holds, undamaged, what `make_store` would write.

    All files are read and compared with their checksums: changed bytes would otherwise give wrong
    features without an error.
    """
    try:
        note = read_json(folder / NOTE, _MEND)
        if {name: note[name] for name in _key(moments, fingerprint)} != _key(moments, fingerprint):
            return False
        found = [_checksum(folder / _file(number)) for number in range(len(moments))]
    except (OSError, UnreadableError, KeyError):
        return False
    return bool(found == note["checksums"])


def _key(moments: Sequence[int], fingerprint: str) -> dict[str, Any]:
    return {
        "recording": fingerprint,
        "code": source_digest("shamcrowd.detectors.features", "shamcrowd.recording"),
        "moments": list(moments),
    }


def stored_moments(folder: Path) -> list[int]:
    """Return the moments (ms since 1970) for which a store holds features.

    Raises:
        UnreadableError: if it does not say.
    """
    moments = read_json(folder / NOTE, _MEND).get("moments")
    if not isinstance(moments, list) or not all(type(moment) is int for moment in moments):
        raise UnreadableError(folder / NOTE, "does not say for which moments it is", _MEND)
    return moments


def share(store: Path, inbox: Path, now: int) -> Path:
    """Put into a folder what a store holds as of ``now``, and nothing later; give the folder.

    Called again at the next review it adds what is new. The note there names moments alone.
    """
    inbox.mkdir(exist_ok=True)
    moments = stored_moments(store)
    for number, moment in enumerate(moments):
        path = inbox / _file(number)
        if moment > now or path.exists():
            continue
        try:
            os.link(store / _file(number), path)
        except OSError:
            shutil.copyfile(store / _file(number), path)
    if not (inbox / NOTE).exists():
        (inbox / NOTE).write_text(json.dumps({"moments": moments}) + "\n", "utf-8")
    return inbox


def _file(number: int) -> str:
    return f"{number:04}.parquet"


def _checksum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            total = zlib.crc32(piece, total)
    return total


class StoredLog(LogView):
    """A view of a log that comes with stored features as of ``now``."""

    def __init__(self, source: Source, now: int, since: int, features: Path) -> None:
        super().__init__(source, now, since)
        self.features = features

    def at(self, now: int, since: int = EARLIEST) -> LogView:
        """Return the log as of an earlier moment, with features if they are stored for it."""
        plain = super().at(now, since)
        held = now in stored_moments(self.features)
        return StoredLog(self._source, now, since, self.features) if held else plain


def log_view(source: Source, now: int, since: int, features: Path | None) -> LogView:
    """Return a view of the log, with features if ``features`` names a store."""
    if features is None:
        return LogView(source, now, since)
    return StoredLog(source, now, since, features)


class StoredFeatures:
    """Reads a store review by review; the counterpart of `RunningFeatures`.

    Attributes:
        index: the accounts opened so far.
        settled: shape (accounts, features), rows in the order of ``index.ids``: the table without
            the two ages, which `clocked` fills in.
    """

    def __init__(self, folder: Path) -> None:
        self.index = AccountIndex()
        self.settled: npt.NDArray[np.float64] = np.empty((0, len(NAMES)))
        self._folder = folder
        self._moments = stored_moments(folder)
        self._read = 0

    def update(self, log: LogView) -> None:
        """Read the features as of the review.

        Raises:
            UnreadableError: if the store does not have that moment, or cannot be read.
        """
        if log.now not in self._moments:
            raise UnreadableError(self._folder, f"has no features at {log.now}", _MEND)
        until = self._moments.index(log.now) + 1
        for number in range(self._read, until):
            self._take(read_table(self._folder / _file(number), SCHEMA, mend=_MEND))
        self._read = until

    def _take(self, rows: pa.Table) -> None:
        place = rows.column(PLACE).to_numpy()
        opened = rows.column(ACCOUNT).to_numpy()[place >= len(self.index)]
        if len(opened):
            self.index.add(opened)
            self.settled = np.concatenate([self.settled, np.empty((len(opened), len(NAMES)))])
        for i, name in enumerate(NAMES):
            self.settled[place, i] = rows.column(name).to_numpy()
