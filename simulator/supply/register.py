"""A register of entities of one kind: rows added in batches, written once at the end."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.schema import Table
from shamcrowd.simulator.core.categories import named
from shamcrowd.simulator.core.handles import Counter, Handles, Ids
from shamcrowd.simulator.core.radix import stable_order


class Register:
    """Entities by handle. Category columns hold codes into ``words``."""

    def __init__(self, table: Table, ids: Ids, words: dict[str, tuple[str, ...]]) -> None:
        self._table = table
        self._words = words
        self._parts: list[dict[str, Any]] = []
        self._ids = np.empty(0, np.int32)
        self._order = np.empty(0, np.intp)
        """All ids in order, and the rows they stand in."""
        self._ends: list[int] = []
        """Rows of all batches that stand in it, up to each one."""
        self.ids = ids

    def add(self, counter: Counter, count: int, **columns: Any) -> Handles:
        """Add ``count`` rows and give their handles."""
        handles = counter.take(count)
        # A copy: owners change what they were given where people share things.
        self._parts.append({"handle": handles.copy(), "campaign": counter.campaign, **columns})
        return handles

    def handles(self) -> Handles:
        """Handles of all rows, in the order in which they were added."""
        return np.concatenate([np.empty(0, np.int64), *(p["handle"] for p in self._parts)])

    def campaigns(self) -> npt.NDArray[np.int64]:
        """The campaign, by number, that each row was bought for, in the order of `handles`;
        `NOBODY` for honest people's.
        """
        whose = [np.full(len(p["handle"]), p["campaign"], np.int64) for p in self._parts]
        return np.concatenate([np.empty(0, np.int64), *whose])

    def column(self, name: str) -> npt.NDArray[Any]:
        """A column of all rows, in the order of `handles`; categories as codes."""
        parts = [np.asarray(part[name]) for part in self._parts]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def codes(self, name: str, handles: Handles) -> npt.NDArray[np.int64]:
        """Codes of a column of categories about some things."""
        known = {word: code for code, word in enumerate(self._words[name])}
        return np.array([known[word] for word in self.words(name, handles)], np.int64)

    def words(self, name: str, handles: Handles) -> list[str]:
        """What a column of text says of some things."""
        distinct, at = np.unique(self.ids(handles), return_inverse=True)
        rows = self.arrow(distinct, np.zeros(len(distinct), np.int64))
        return [str(word) for word in rows[name].take(pa.array(at)).to_pylist()]

    def _look_up(self) -> None:
        """Bring the order of ids in which `arrow` looks things up to what was added since."""
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

    def arrow(self, used: npt.NDArray[np.int32], since: npt.NDArray[np.int64]) -> pa.Table:
        """Rows of the ids in ``used`` (each once), first seen at ``since``, by id."""
        if not self._parts or not len(used):
            return self._table.schema.empty_table()
        names = [c.name for c in self._table.columns[2:]]
        self._look_up()
        by_id = stable_order(used)
        used, since = used.take(by_id), since.take(by_id)
        at = self._order.take(np.searchsorted(self._ids, used))
        # Only the batches that hold some of them are looked at.
        ends = np.array(self._ends)
        sizes = np.diff(ends, prepend=0)
        batches, of = np.unique(np.searchsorted(ends, at, side="right"), return_inverse=True)
        skipped = (ends - sizes)[batches] - (np.cumsum(sizes[batches]) - sizes[batches])
        at = at - skipped[of]
        arrays = [pa.array(used), pa.array(since).view(self._table.columns[1].type)]
        for name in names:
            held = []
            for part in (self._parts[batch] for batch in batches.tolist()):
                part[name] = np.asarray(part[name])
                held.append(part[name])
            values = np.concatenate(held).take(at)
            field = self._table.schema.field(name)
            if name in self._words:
                arrays.append(named(values, self._words[name]))
            else:
                arrays.append(pa.array(values, field.type))
        return pa.table(arrays, schema=self._table.schema)
