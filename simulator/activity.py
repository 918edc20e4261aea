"""Activity rows: gathered in any order, written a day at a time in time order."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from recording.schema import ACTIVITY, ACTIVITY_KINDS
from simulator.platform.terms import PLANS
from simulator.radix import stable_order

KIND = {kind: code for code, kind in enumerate(ACTIVITY_KINDS)}
_COLUMNS = ("key", "address", "device", "card", "phone", "peer")
_NONE = -1


class Activity:
    """Rows not yet written. Missing ids are -1, missing money NaN, missing categories -1."""

    def __init__(self, models: tuple[str, ...]) -> None:
        self._models = models
        self._parts: list[dict[str, npt.NDArray]] = []  # type: ignore[type-arg]

    def add(
        self,
        kind: str,
        time: npt.NDArray[np.int64],
        account: npt.NDArray[np.int32],
        *,
        amount: npt.ArrayLike = np.nan,
        model: npt.ArrayLike = _NONE,
        plan: npt.ArrayLike = _NONE,
        **ids: npt.ArrayLike,
    ) -> None:
        """Note one kind of row for many accounts; scalars hold for all of them."""
        count = len(time)
        if not count:
            return
        part: dict[str, npt.NDArray[Any]] = {
            "time": np.asarray(time, np.int64),
            "account": np.asarray(account, np.int32),
            "kind": np.full(count, KIND[kind], np.int8),
            "amount": np.broadcast_to(np.asarray(amount, np.float64), count),
            "model": np.broadcast_to(np.asarray(model, np.int8), count),
            "plan": np.broadcast_to(np.asarray(plan, np.int8), count),
        }
        for name in _COLUMNS:
            part[name] = np.broadcast_to(np.asarray(ids.pop(name, _NONE), np.int32), count)
        if ids:
            raise TypeError(f"activity has no column {', '.join(ids)}")
        self._parts.append(part)

    def until(self, end: int) -> pa.Table:
        """Take out all rows before ``end`` (ms since 1970), in time order."""
        if not self._parts:
            return ACTIVITY.schema.empty_table()
        names = ("time", "account", "kind", "amount", "model", "plan", *_COLUMNS)
        whole = {name: np.concatenate([p[name] for p in self._parts]) for name in names}
        order = _in_order(whole["time"], whole["account"], whole["kind"])
        due = int(np.searchsorted(whole["time"].take(order), end))
        later = order[due:]
        self._parts = [{n: a.take(later) for n, a in whole.items()}] if len(later) else []
        rows = {n: a.take(order[:due]) for n, a in whole.items()}

        def named(name: str, words: tuple[str, ...]) -> pa.Array:
            codes = pa.array(rows[name], mask=rows[name] < 0)
            return pa.DictionaryArray.from_arrays(codes, pa.array(words, pa.string()))

        arrays = {
            "time": pa.array(rows["time"]).cast(ACTIVITY.schema.field("time").type),
            "account": pa.array(rows["account"]),
            "kind": named("kind", ACTIVITY_KINDS),
            "amount": pa.array(rows["amount"], mask=np.isnan(rows["amount"])),
            "model": named("model", self._models),
            "plan": named("plan", PLANS),
        }
        for name in _COLUMNS:
            arrays[name] = pa.array(rows[name], mask=rows[name] < 0)
        return pa.table([arrays[n] for n in ACTIVITY.names], schema=ACTIVITY.schema)


def _in_order(
    time: npt.NDArray[np.int64], account: npt.NDArray[np.int32], kind: npt.NDArray[np.int8]
) -> npt.NDArray[np.intp]:
    """By time, then account, then kind; only rows of one moment are looked at a second time."""
    order = stable_order(time - time.min())
    alike = np.diff(time.take(order)) == 0
    tied = np.flatnonzero(np.append(alike, False) | np.append(False, alike))
    rows = order[tied]
    order[tied] = rows[np.lexsort((kind[rows], account[rows], time[rows]))]
    return order
