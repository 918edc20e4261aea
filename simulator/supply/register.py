"""A register of entities of one kind: rows added in batches, written once at the end."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from recording.schema import Table
from simulator.handles import Counter, Handles, Ids
from simulator.radix import stable_order


class Register:
    """Entities by handle. Category columns hold codes into ``words``."""

    def __init__(self, table: Table, ids: Ids, words: dict[str, tuple[str, ...]]) -> None:
        self._table = table
        self._words = words
        self._parts: list[dict[str, Any]] = []
        self.ids = ids

    def add(self, counter: Counter, count: int, **columns: Any) -> Handles:
        """Add ``count`` rows and give their handles."""
        handles = counter.take(count)
        # A copy: owners change what they were given where people share things.
        self._parts.append({"handle": handles.copy(), **columns})
        return handles

    def handles(self) -> Handles:
        """Handles of all rows, in the order in which they were added."""
        return np.concatenate([np.empty(0, np.int64), *(p["handle"] for p in self._parts)])

    def arrow(self, used: npt.NDArray[np.int32], since: npt.NDArray[np.int64]) -> pa.Table:
        """Rows of the ids in ``used`` (each once), first seen at ``since``, by id."""
        if not self._parts:
            return self._table.schema.empty_table()
        names = [c.name for c in self._table.columns[2:]]
        if len(self._parts) > 1:
            # One part from now on: it may be asked for again.
            together = {n: [np.asarray(p[n]) for p in self._parts] for n in ("handle", *names)}
            self._parts = [{n: np.concatenate(columns) for n, columns in together.items()}]
        ids = self.ids(np.concatenate([p["handle"] for p in self._parts]))
        order = stable_order(ids)
        by_id = stable_order(used)
        used, since = used.take(by_id), since.take(by_id)
        at = order.take(np.searchsorted(ids.take(order), used))
        arrays = [pa.array(used), pa.array(since).view(self._table.columns[1].type)]
        for name in names:
            values = np.concatenate([np.asarray(p[name]) for p in self._parts]).take(at)
            field = self._table.schema.field(name)
            if name in self._words:
                words = pa.array(self._words[name], pa.string())
                codes = pa.array(values.astype(np.int8), mask=values < 0)
                arrays.append(pa.DictionaryArray.from_arrays(codes, words))
            else:
                arrays.append(pa.array(values, field.type))
        return pa.table(arrays, schema=self._table.schema)
