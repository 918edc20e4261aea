"""Registers of entities of one kind: rows are added in batches and written once at the end."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.arrow_arrays import array, empty_table
from shamcrowd.recording.columns import ID, TIME, Table
from shamcrowd.recording.units import Handles, Millis
from shamcrowd.simulator.core.categories import named
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.radix import stable_order


class Register:
    """Entities by handle.

    Args:
        table: table of the recording that the entities are written to.
        ids: maps handles to ids.
        categories: category names by column; such columns hold codes.
    """

    def __init__(self, table: Table, ids: Ids, categories: dict[str, tuple[str, ...]]) -> None:
        self._table = table
        self._categories = categories
        self._parts: list[dict[str, Any]] = []
        self._count = 0
        self._ids = np.empty(0, np.int32)
        self._order = np.empty(0, np.intp)
        """Rows of the ids in ``_ids``, which is ascending."""
        self._ends: list[int] = []
        """Cumulative number of rows in the batches that are indexed."""
        self.ids = ids

    def add(self, counter: Counter, count: int, **columns: Any) -> Handles:
        """Add ``count`` rows and return their handles, shape (count,)."""
        handles = counter.take(count)
        self._count += count
        # A copy: callers change the handles where accounts share entities.
        self._parts.append({"handle": handles.copy(), "campaign": counter.campaign, **columns})
        return handles

    def __len__(self) -> int:
        return self._count

    def handles(self) -> Handles:
        """Handles of all rows, in the order in which they were added."""
        return np.concatenate([np.empty(0, np.int64), *(p["handle"] for p in self._parts)])

    def campaigns(self) -> npt.NDArray[np.int64]:
        """Number of the campaign that each row was acquired for, in the order of `handles`.

        `NO_CAMPAIGN` for legitimate accounts.
        """
        whose = [np.full(len(p["handle"]), p["campaign"], np.int64) for p in self._parts]
        return np.concatenate([np.empty(0, np.int64), *whose])

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return a column of all rows, in the order of `handles`; categories as codes."""
        parts = [np.asarray(part[name]) for part in self._parts]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def rows(self, handles: Handles) -> dict[str, npt.NDArray[Any]]:
        """Return all columns for some handles, each of shape (n,); categories as codes."""
        return self.rows_of(self.ids(handles))

    def rows_of(self, ids: npt.NDArray[np.int32]) -> dict[str, npt.NDArray[Any]]:
        """Return all columns for some ids, each of shape (n,); categories as codes."""
        if not len(ids):
            return {c.name: np.empty(0, np.int64) for c in self._table.columns[2:]}
        self._look_up()
        return self._gather(self._order.take(np.searchsorted(self._ids, ids)))

    def codes(self, name: str, handles: Handles) -> npt.NDArray[np.int64]:
        """Return the codes of a category column for some handles, shape (n,)."""
        known = {text: code for code, text in enumerate(self._categories[name])}
        return np.array([known[text] for text in self.texts(name, handles)], np.int64)

    def texts(self, name: str, handles: Handles) -> list[str]:
        """Return the text of a column for some handles."""
        distinct, at = np.unique(self.ids(handles), return_inverse=True)
        rows = self.arrow(distinct, np.zeros(len(distinct), np.int64))
        distinct_texts = rows[name].to_pylist()
        return [str(distinct_texts[place]) for place in at.tolist()]

    def _look_up(self) -> None:
        """Extend the index of ids used by `arrow` with the rows added since the last call."""
        new = self._parts[len(self._ends) :]
        if not new:
            return
        first = self._ends[-1] if self._ends else 0
        self._ends += (first + np.cumsum([len(part["handle"]) for part in new])).tolist()
        ids = self.ids(np.concatenate([part["handle"] for part in new]))
        order = stable_order(ids)
        ids = ids.take(order)
        at = np.searchsorted(self._ids, ids)
        self._ids = np.insert(self._ids, at, ids)
        self._order = np.insert(self._order, at, first + order)

    def arrow(self, used: npt.NDArray[np.int32], since: Millis) -> pa.Table:
        """Return the rows of some ids, sorted by id.

        Args:
            used: shape (n,), distinct ids.
            since: shape (n,), times (ms) at which they were first seen.
        """
        if not self._parts or not len(used):
            return empty_table(self._table.schema)
        self._look_up()
        by_id = stable_order(used)
        used, since = used.take(by_id), since.take(by_id)
        rows = self._gather(self._order.take(np.searchsorted(self._ids, used)))
        arrays = [array(used, ID), array(since, TIME)]
        for name, values in rows.items():
            field = self._table.schema.field(name)
            if name in self._categories:
                arrays.append(named(values, self._categories[name]))
            else:
                arrays.append(array(values, field.type))
        return pa.table(arrays, schema=self._table.schema)

    def _gather(self, at: npt.NDArray[np.intp]) -> dict[str, npt.NDArray[Any]]:
        """Return all columns of some rows, given by their number."""
        # Only batches that contain some of the ids are read.
        ends = np.array(self._ends)
        sizes = np.diff(ends, prepend=0)
        batches, of = np.unique(np.searchsorted(ends, at, side="right"), return_inverse=True)
        skipped = (ends - sizes)[batches] - (np.cumsum(sizes[batches]) - sizes[batches])
        at = at - skipped[of]
        found = {}
        for name in [c.name for c in self._table.columns[2:]]:
            held = []
            for part in (self._parts[batch] for batch in batches.tolist()):
                part[name] = np.asarray(part[name])
                held.append(part[name])
            found[name] = np.concatenate(held).take(at)
        return found
