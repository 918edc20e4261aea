"""What detectors said, one row for each detector and account, from a detection or from its file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.benchmark.own_logs.detect import Detection, places
from shamcrowd.recording.errors import UnreadableError
from shamcrowd.recording.regular_file import check_regular

SCHEMA = pa.schema([
    ("detector", pa.string()), ("account", pa.int32()), ("score", pa.float64()),
    ("place", pa.float64()), ("cluster", pa.int64()), ("reason", pa.string()),
])  # fmt: skip
"""A cluster of -1 is none."""
_OTHER = ("rank", "account", "name", "place", "detector", "cluster", "reason", "group")
"""Columns of a ranked list that hold no scores."""
_MEND = "name the file that `shamcrowd detect --out` wrote"


@dataclass(frozen=True)
class Said:
    """What detectors said.

    Attributes:
        table: rows as in `SCHEMA`.
        notes: what is to be known of each detector that said nothing or was blind, in sentences.
    """

    table: pa.Table
    notes: tuple[str, ...] = ()

    @property
    def detectors(self) -> list[str]:
        """The detectors that said something."""
        return sorted(set(self.table["detector"].unique().to_pylist()))

    def clusters(self, detector: str) -> list[int]:
        """The clusters of a detector."""
        rows = self.table.filter(pc.equal(self.table["detector"], detector))
        return sorted(n for n in rows["cluster"].unique().to_pylist() if n >= 0)

    def cluster(self, detector: str, number: int) -> list[int]:
        """The accounts of a cluster."""
        same = pc.and_(
            pc.equal(self.table["detector"], detector), pc.equal(self.table["cluster"], number)
        )
        return sorted(self.table.filter(same)["account"].to_pylist())


NOTHING = Said(SCHEMA.empty_table())


def of_detection(found: Detection) -> Said:
    """What detectors said when they were run."""
    parts, notes = [], []
    for one in found.detected:
        if one.failed:
            notes.append(f"{one.detector} failed: {one.said}")
        elif one.findings is None:
            notes.append(f"{one.detector} is not applicable: {one.said}")
        elif one.blind:
            notes.append(f"{one.detector} is blind to {', '.join(one.blind)}")
        if one.findings is None:
            continue
        answer, n = one.findings, len(one.findings.account)
        nowhere = np.full(n, -1)
        parts.append(pa.table([
            pa.array([one.detector] * n), answer.account, answer.score, places(answer.score),
            nowhere if answer.cluster is None else answer.cluster,
            pa.array([""] * n if answer.reason is None else [str(r) for r in answer.reason]),
        ], names=SCHEMA.names).cast(SCHEMA))  # fmt: skip
    return Said(pa.concat_tables([SCHEMA.empty_table(), *parts]), tuple(notes))


def read_ranked(path: Path) -> Said:
    """What detectors said, from the ranked list that ``shamcrowd detect --out`` wrote.

    Of each account it has all scores, and the cluster and reason of the detector that ranks it
    first.

    Raises:
        UnreadableError: if it is none.
    """
    import pandas as pd

    readers: dict[str, Callable[[Path], pd.DataFrame]] = {
        ".csv": pd.read_csv,
        ".parquet": pd.read_parquet,
        ".json": pd.read_json,
    }
    check_regular(path, _MEND)
    try:
        frame = readers[path.suffix](path)
    except Exception as fault:  # each library raises its own
        raise UnreadableError(path, f"not a ranked list ({fault})"[:200], _MEND) from None
    lacking = {"account", "detector", "cluster", "reason"} - set(frame.columns)
    detectors = [c for c in frame.columns if c not in _OTHER]
    if lacking or not all(pd.api.types.is_numeric_dtype(frame[c]) for c in (*detectors, "account")):
        raise UnreadableError(path, "not a ranked list of detectors' scores", _MEND)
    account = frame["account"].to_numpy(np.float64, na_value=np.nan)
    whole = np.floor(account) == account
    if not (whole & (np.abs(account) < 2**31)).all():
        raise UnreadableError(path, "has an account that is no id", _MEND)
    parts = []
    for name in detectors:
        own = (frame["detector"] == name).to_numpy()
        number = [_number(name, c) if mine else -1
                  for c, mine in zip(frame["cluster"], own, strict=True)]  # fmt: skip
        reason = frame["reason"].astype(object).fillna("").astype(str).where(own, "")
        score = frame[name].to_numpy(np.float64)
        parts.append(pa.table([
            pa.array([name] * len(frame)), frame["account"].to_numpy(np.int32), score,
            places(score), np.array(number, np.int64), pa.array(reason.tolist()),
        ], names=SCHEMA.names).cast(SCHEMA))  # fmt: skip
    note = (
        "a ranked list has clusters and reasons of the detector alone that ranks an account first"
    )
    return Said(pa.concat_tables([SCHEMA.empty_table(), *parts]), (note,))


def _number(detector: str, cluster: object) -> int:
    """The number of a detector's cluster, -1 for none."""
    match = re.fullmatch(re.escape(detector) + r"-(\d+)", str(cluster))
    return int(match[1]) if match else -1
