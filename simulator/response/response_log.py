"""The truth about responses: every step that was decided."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.arrow_arrays import array
from shamcrowd.recording.columns import ID, NAME, TIME
from shamcrowd.recording.truth_schema import RESPONSE_ACTIONS, RESPONSE_CAUSES, TRUTH_RESPONSES
from shamcrowd.recording.units import Millis
from shamcrowd.simulator.core.categories import named
from shamcrowd.simulator.response.account_records import HONEST, AccountRecords
from shamcrowd.simulator.traffic.slice_messages import Checks

AGAINST = (
    "challenge", "identity_check", "throttle", "suspension", "rejection", "sign_up_refused",
    "credit_withheld",
)  # fmt: skip
"""Steps that are right against abused accounts; the other steps are right for legitimate accounts.
"""
PASSED = ("challenge_passed", "identity_check_passed")
"""Checks for which a campaign had to show a person."""
_CHECK = RESPONSE_CAUSES.index("random check")
_NO_REVIEW = -1


@dataclass
class _Steps:
    time: Millis
    account: npt.NDArray[np.int32]
    action: npt.NDArray[np.int8]
    cause: npt.NDArray[np.int8]
    review: npt.NDArray[np.int32]
    minutes: npt.NDArray[np.float32]
    dollars: npt.NDArray[np.float32]

    @classmethod
    def stacked(cls, parts: list[_Steps]) -> _Steps:
        kinds = (np.int64, np.int32, np.int8, np.int8, np.int32, "f4", "f4")
        none = cls(*(np.empty(0, kind) for kind in kinds))
        return cls(
            *(np.concatenate([getattr(p, f.name) for p in (none, *parts)]) for f in fields(cls))
        )

    def chosen(self, which: npt.NDArray[Any]) -> _Steps:
        return _Steps(*(column[which] for column in vars(self).values()))


class ResponseLog:
    """Steps of responses, from which the truth table is built at the end."""

    def __init__(self) -> None:
        self._parts: list[_Steps] = []
        self._bans: list[tuple[npt.NDArray[Any], ...]] = []

    def checks(self, checks: Checks) -> None:
        """Add steps of the shards' random challenges."""
        count = len(checks.time)
        self._parts.append(
            _Steps(
                checks.time,
                checks.account,
                checks.action,
                np.full(count, _CHECK, np.int8),
                np.full(count, _NO_REVIEW, np.int32),
                np.zeros(count, np.float32),
                np.zeros(count, np.float32),
            )
        )

    def add(
        self,
        action: str,
        time: Millis,
        account: npt.NDArray[np.int32],
        review: npt.NDArray[np.int32] | None = None,
        minutes: npt.ArrayLike = 0.0,
        dollars: float = 0.0,
        cause: str = "alert",
    ) -> None:
        """Add steps that alerts, levers or rules led to.

        Args:
            action: one of `RESPONSE_ACTIONS`.
            time: shape (n,), ms.
            account: shape (n,), account ids.
            review: shape (n,), number of the review that raised the alert; None: none did.
            minutes: staff time, scalar or shape (n,).
            dollars: what the platform paid others for each.
            cause: one of `RESPONSE_CAUSES`.
        """
        count = len(time)
        self._parts.append(
            _Steps(
                time,
                account,
                np.full(count, RESPONSE_ACTIONS.index(action), np.int8),
                np.full(count, RESPONSE_CAUSES.index(cause), np.int8),
                np.full(count, _NO_REVIEW, np.int32) if review is None else review.astype(np.int32),
                np.broadcast_to(np.asarray(minutes, np.float32), count),
                np.full(count, dollars, np.float32),
            )
        )

    def ban(
        self,
        account: npt.NDArray[np.int32],
        since: Millis,
        until: Millis,
    ) -> None:
        """Note bans: random challenges of banned accounts have no effect."""
        self._bans.append((account, since, until))

    def passed(
        self, account_records: AccountRecords, before: int
    ) -> list[tuple[int, npt.NDArray[np.int64]]]:
        """Return the times (ms) of checks passed by accounts of each campaign, by number.

        Compromised accounts are left out.
        """
        steps = self._held(before)
        steps = steps.chosen(np.isin(RESPONSE_ACTIONS, PASSED)[steps.action])
        places = account_records.places(steps.account)
        driver = np.where(
            account_records.segment[places] < 0, account_records.driver(places, steps.time), HONEST
        )
        return [(n, steps.time[driver == n]) for n in np.unique(driver[driver != HONEST]).tolist()]

    def _held(self, before: int) -> _Steps:
        steps = _Steps.stacked(self._parts)
        return steps.chosen((steps.time < before) & ~self._void(steps))

    def table(self, account_records: AccountRecords, before: int) -> pa.Table:
        """Return ``truth/responses``: the steps before a time (ms)."""
        steps = self._held(before)
        steps = steps.chosen(np.lexsort((steps.action, steps.account, steps.time)))
        places = account_records.places(steps.account)
        driver = account_records.driver(places, steps.time)
        against = np.isin(RESPONSE_ACTIONS, AGAINST)[steps.action]
        right = np.where(against, driver != HONEST, driver == HONEST)

        arrays = [
            array(steps.time, TIME),
            array(steps.account, ID),
            named(steps.action, RESPONSE_ACTIONS),
            named(steps.cause, RESPONSE_CAUSES),
            array(steps.review, ID, steps.review == _NO_REVIEW),
            named(driver, account_records.campaigns, NAME),
            named(account_records.segment[places], tuple(account_records.segments), NAME),
            array(right, pa.bool_()),
            array(steps.minutes, pa.float32()),
            array(steps.dollars, pa.float32()),
        ]
        return pa.table(arrays, schema=TRUTH_RESPONSES.schema)

    def _void(self, steps: _Steps) -> npt.NDArray[np.bool_]:
        """Mask of random challenges while the account was banned after an alert."""
        void = np.zeros(len(steps.time), np.bool_)
        if not self._bans:
            return void
        account, since, until = (np.concatenate(c) for c in zip(*self._bans, strict=True))
        order = np.argsort(account, kind="stable")
        account, since, until = account[order], since[order], until[order]
        some = np.flatnonzero(steps.cause == _CHECK)
        who, when = steps.account[some], steps.time[some]
        low, high = (np.searchsorted(account, who, side=side) for side in ("left", "right"))
        for nth in range(int((high - low).max(initial=0))):
            at = np.minimum(low + nth, len(account) - 1)
            void[some] |= (low + nth < high) & (since[at] <= when) & (when < until[at])
        return void
