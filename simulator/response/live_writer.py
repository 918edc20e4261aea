"""Files written at every review so that a live view can read the recording in progress."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.live import begin_live, live_path, write_live, write_live_review
from shamcrowd.recording.schema import ACTIVITY, ENTITIES
from shamcrowd.recording.units import EARLIEST, Millis
from shamcrowd.simulator.context import Context
from shamcrowd.simulator.platform.account_tables import KINDS

if TYPE_CHECKING:
    from shamcrowd.simulator.traffic.slice_messages import SliceSummary

CLIENT = "client"
_NO_ID = -1


class ReviewDelta:
    """First uses of one kind of entity that no review has reported yet."""

    def __init__(self) -> None:
        self._reported = np.empty(0, np.int32)
        self._ids = np.empty(0, np.int32)
        self._times = np.empty(0, np.int64)

    def note(self, ids: npt.NDArray[np.int32], times: Millis) -> None:
        """Note uses of ids at times (ms), in any order."""
        self._ids = np.concatenate([self._ids, ids])
        self._times = np.concatenate([self._times, times])

    def before(self, end: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Return ids first used before ``end`` (ms) and not reported yet, and when; mark them
        reported.
        """
        due = self._times < end
        ids, times = self._ids[due], self._times[due]
        self._ids, self._times = self._ids[~due], self._times[~due]
        order = np.lexsort((times, ids))
        ids, times = ids[order], times[order]
        first = np.diff(ids, prepend=_NO_ID) != 0
        ids, times = ids[first], times[first]
        at = np.searchsorted(self._reported, ids)
        new = np.append(self._reported, _NO_ID)[at] != ids
        ids, times = ids[new], times[new]
        self._reported = np.insert(self._reported, at[new], ids)
        return ids, times


class LiveWriter:
    """Writes accounts, entities and the platform's own activity below the recording's folder."""

    def __init__(self, context: Context, reviews: int, folder: Path) -> None:
        self._context = context
        self._folder = folder
        self._last = EARLIEST
        self._deltas = {kind: ReviewDelta() for kind in (*KINDS, CLIENT)}
        self._day: list[Path] = []
        begin_live(folder, context.start, reviews)

    def note(self, summaries: list[SliceSummary]) -> None:
        """Note what shards used first."""
        supply = self._context.supply
        for summary in summaries:
            for kind, ids, first in (
                ("address", supply.addresses.register.ids, summary.places),
                (CLIENT, supply.clients.register.ids, summary.clients),
            ):
                if first is not None:
                    self._deltas[kind].note(ids(first[0]), first[1])
            if summary.cards is not None:
                self._deltas["card"].note(*summary.cards)

    def activity(self, rows: pa.Table, number: int, shard: int) -> None:
        """Write the platform's own activity rows of a slice."""
        path = live_path(self._folder, "activity", number, shard)
        write_live(rows, ACTIVITY, path)
        self._day.append(path)

    def day_written(self) -> None:
        """Remove the slices of a day that has been written as a whole."""
        for path in self._day:
            path.unlink(missing_ok=True)
        self._day = []

    def review(self, number: int, now: int) -> None:
        """Write accounts that signed up and entities first used before ``now`` (ms)."""
        context = self._context
        tables = {"accounts": context.account_tables.accounts(now, self._last)}
        self._last = now
        for entity in ENTITIES:
            kind = entity.columns[0].name
            if kind != CLIENT:
                self._deltas[kind].note(*context.account_tables.first_seen[kind].fresh())
            ids, since = self._deltas[kind].before(now)
            if len(ids):
                tables[entity.name] = context.supply.register(kind).arrow(ids, since)
        write_live_review(tables, self._folder, number)
