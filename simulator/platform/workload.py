"""Workloads: a usage profile for some accounts of a batch."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Millis


@dataclass
class Workload:
    """One usage profile for m accounts of a batch; arrays of shape (m,).

    Attributes:
        profile: row of the usage profile in the world's `ProfileTables`.
        who: indices of the accounts in the batch.
        rate: sessions per day.
        client: handles of client software, shape (m,), or (m, k) where accounts use k clients
            each: the first for two thirds of their sessions, otherwise any.
        family: prompt-template family; 0 with free-form prompts.
        templates: number of templates used; 0: free-form prompts.
        zone: code of the time zone whose daily cycle applies.
        opens: time (ms) from which the profile applies.
        ends: time (ms) until which it applies.
        twin: the same accounts in the same order as the previous workload of the batch, with the
            same favourite topics, models and prompt lengths.
    """

    profile: int
    who: npt.NDArray[np.int64]
    rate: npt.NDArray[np.float64]
    client: npt.NDArray[np.int64]
    family: npt.NDArray[np.int64]
    templates: npt.NDArray[np.int64]
    zone: npt.NDArray[np.int8]
    opens: Millis
    ends: Millis
    twin: bool = False

    def chosen(self, which: npt.NDArray[np.bool_]) -> Workload:
        """Return the workload restricted to the accounts where ``which`` (shape (m,)) is True."""
        columns: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        arrays = {k: v[which] for k, v in columns.items() if isinstance(v, np.ndarray)}
        return Workload(**columns | arrays)


def make_workload(
    zones: npt.NDArray[np.int8],
    profile: int,
    who: npt.NDArray[np.int64],
    rate: npt.NDArray[np.float64],
    client: npt.NDArray[np.int64],
    family: npt.ArrayLike = 0,
    templates: npt.ArrayLike = 0,
    zone: npt.ArrayLike | None = None,
    opens: npt.ArrayLike = 0,
    ends: npt.ArrayLike = NEVER,
) -> Workload:
    """Return a workload, with scalars broadcast to the shape of ``who``.

    Without ``zone``, each account keeps its own time zone in ``zones``. See `Workload` for the
    other arguments.
    """

    def each(values: npt.ArrayLike, kind: npt.DTypeLike) -> npt.NDArray[Any]:
        return np.broadcast_to(np.asarray(values, kind), len(who))

    return Workload(
        profile,
        who,
        rate,
        client,
        each(family, np.int64),
        each(templates, np.int64),
        zones[who] if zone is None else each(zone, np.int8),
        each(opens, np.int64),
        each(ends, np.int64),
    )
