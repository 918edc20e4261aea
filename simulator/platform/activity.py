"""Activity rows: collected in any order, written once a day in order of time."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.arrow_arrays import array, empty_table
from shamcrowd.recording.columns import ID, TIME
from shamcrowd.recording.schema import ACTIVITY, ACTIVITY_KINDS
from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.core.categories import named
from shamcrowd.simulator.core.plans import PLANS
from shamcrowd.simulator.core.radix import stable_order
from shamcrowd.simulator.platform.bans import Bans

KIND = {kind: code for code, kind in enumerate(ACTIVITY_KINDS)}
_COLUMNS = ("key", "address", "device", "card", "phone", "peer")
_NONE = -1
_Columns = dict[str, npt.NDArray[Any]]
OTHERS = ("chargeback", "refund", "user_report")
"""Kinds of rows that a ban does not suppress: caused by banks and owners of compromised accounts.
"""
RESPONSES = ("challenge", "challenge_passed", "throttle", "suspension", "appeal", "reinstatement")
_LATER = ("key_created", "key_revoked", "card_added", "trial_exhausted", "trial_expired",
          "plan_change", "email_verification_requested", "email_verified",
          "phone_verification_requested", "phone_verified", "referral", "trial_grant",
          "model_release_seen")  # fmt: skip
"""Kinds of rows that a banned account produces when it is reinstated; all others are dropped."""


class Activity:
    """Activity rows not written yet.

    Missing ids are -1, missing amounts NaN, missing categories -1.

    Args:
        models: names of the models in the catalogue.
        untouched: kinds of rows that bans do not suppress.
    """

    def __init__(self, models: tuple[str, ...], untouched: tuple[str, ...] = OTHERS) -> None:
        self._models = models
        self._parts: list[_Columns] = []
        self._settled: list[_Columns] = []
        self.bans = Bans()
        self._untouched = np.isin(ACTIVITY_KINDS, untouched)

    def add(
        self,
        kind: str,
        time: Millis,
        account: npt.NDArray[np.int32],
        *,
        amount: npt.ArrayLike = np.nan,
        model: npt.ArrayLike = _NONE,
        plan: npt.ArrayLike = _NONE,
        **ids: npt.ArrayLike,
    ) -> None:
        """Add rows of one kind; scalars apply to all rows.

        Args:
            kind: one of `ACTIVITY_KINDS`.
            time: shape (n,), ms.
            account: shape (n,), account ids.
            amount: US dollars, scalar or shape (n,).
            model: index of the model, scalar or shape (n,).
            plan: index into `PLANS`, scalar or shape (n,).
            ids: entity ids by column (``key``, ``address``, ``device``, ``card``, ``phone``,
                ``peer``).

        Raises:
            TypeError: for an unknown column.
        """
        count = len(time)
        if not count:
            return
        part: _Columns = {
            "time": np.asarray(time, np.int64),
            "account": np.asarray(account, np.int32),
            "kind": np.full(count, KIND[kind], np.int8),
            "amount": _column(amount, np.float64, count),
            "model": _column(model, np.int8, count),
            "plan": _column(plan, np.int8, count),
        }
        for name in _COLUMNS:
            part[name] = _column(ids.pop(name, _NONE), np.int32, count)
        if ids:
            raise TypeError(f"activity has no column {', '.join(ids)}")
        self._parts.append(part)

    def finalize(self, end: int) -> pa.Table:
        """Fix the rows before ``end`` (ms) that are not fixed yet, and return them.

        Bans that begin before ``end`` must be known. The rows are also kept for `until`.
        """
        if not self._parts:
            return empty_table(ACTIVITY.schema)
        whole = _stacked(self._parts)
        if self.bans:
            whole = self._without_banned(whole)
        due = whole["time"] < end
        self._parts = [] if due.all() else [_taken(whole, np.flatnonzero(~due))]
        rows = _taken(whole, np.flatnonzero(due))
        rows = _taken(rows, _in_order(rows["time"], rows["account"], rows["kind"]))
        self._settled.append(rows)
        return self._table(rows)

    def _without_banned(self, whole: _Columns) -> _Columns:
        """Drop or postpone rows of banned accounts."""
        ends = self.bans.end(whole["account"], whole["time"])
        hit = (ends >= 0) & ~self._untouched[whole["kind"]]
        if not hit.any():
            return whole
        waits = hit & np.isin(ACTIVITY_KINDS, _LATER)[whole["kind"]] & (ends < NEVER)
        whole["time"] = np.where(waits, ends, whole["time"])
        return _taken(whole, np.flatnonzero(~hit | waits))

    def until(self, end: int) -> pa.Table:
        """Remove and return all rows before ``end`` (ms), in order of time."""
        self.finalize(end)
        settled, self._settled = self._settled, []
        if not settled:
            return empty_table(ACTIVITY.schema)
        whole = _stacked(settled)
        if len(settled) > 1:
            whole = _taken(whole, _in_order(whole["time"], whole["account"], whole["kind"]))
        return self._table(whole)

    def _table(self, rows: _Columns) -> pa.Table:
        arrays = {
            "time": array(rows["time"], TIME),
            "account": array(rows["account"], ID),
            "kind": named(rows["kind"], ACTIVITY_KINDS),
            "amount": array(rows["amount"], pa.float64(), np.isnan(rows["amount"])),
            "model": named(rows["model"], self._models),
            "plan": named(rows["plan"], PLANS),
        }
        for name in _COLUMNS:
            arrays[name] = array(rows[name], ID, rows[name] < 0)
        return pa.table([arrays[n] for n in ACTIVITY.names], schema=ACTIVITY.schema)


def _column(values: npt.ArrayLike, kind: npt.DTypeLike, count: int) -> npt.NDArray[Any]:
    """One value a row: a scalar is repeated."""
    if isinstance(values, int | float):
        return np.full(count, values, kind)
    return np.broadcast_to(np.asarray(values, kind), count)


def _stacked(parts: list[_Columns]) -> _Columns:
    if len(parts) == 1:
        return dict(parts[0])
    return {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}


def _taken(whole: _Columns, which: npt.NDArray[np.intp]) -> _Columns:
    return {name: column.take(which) for name, column in whole.items()}


def _in_order(
    time: Millis, account: npt.NDArray[np.int32], kind: npt.NDArray[np.int8]
) -> npt.NDArray[np.intp]:
    """Order by time, then account, then kind; only rows of equal time are sorted a second time."""
    if not len(time):
        return np.empty(0, np.intp)
    order = stable_order(time - time.min())
    alike = np.diff(time.take(order)) == 0
    tied = np.flatnonzero(np.append(alike, False) | np.append(False, alike))
    rows = order[tied]
    order[tied] = rows[np.lexsort((kind[rows], account[rows], time[rows]))]
    return order
