"""The interface of reviewers: called at every review with a view of the log, they return alerts."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.view import LogView


class AlertsError(ShamcrowdError):
    """Raised if a reviewer's answer breaks the contract."""

    exit_code = 3


@dataclass(frozen=True)
class NamedThing:
    """A thing that a finding names besides accounts.

    Attributes:
        kind: kind of thing, such as ``block`` or ``bin``; kinds without a lever are ignored.
        name: what the log calls it, as text.
        score: finite; higher is more suspicious.
    """

    kind: str
    name: str
    score: float


@dataclass(frozen=True)
class Alerts:
    """Accounts above the operating point at one review, and things that were named.

    Attributes:
        account: account ids, shape (n,).
        score: finite scores, shape (n,); staff review higher ones first.
        things: things named at this review; a policy's levers say which scores count.

    >>> Alerts.none().account.tolist()
    []
    """

    account: npt.NDArray[np.int32]
    score: npt.NDArray[np.float64]
    things: tuple[NamedThing, ...] = ()

    @classmethod
    def none(cls) -> Alerts:
        """Return no alerts."""
        return cls(np.empty(0, np.int32), np.empty(0))

    def checked(self, known: npt.NDArray[np.int32]) -> Alerts:
        """Return the alerts by descending score, ties by id.

        Args:
            known: shape (m,), ids of all accounts in the view, ascending.

        Raises:
            AlertsError: for a duplicate or unknown account, a score that is not finite, a thing
                without a name, or arrays of other shapes.

        >>> Alerts(np.array([3, 5]), np.array([0.1, 0.9])).checked(np.array([3, 5])).account
        array([5, 3], dtype=int32)
        """
        account, score = np.asarray(self.account), np.asarray(self.score, np.float64)
        if account.ndim != 1 or account.shape != score.shape:
            raise AlertsError(
                f"alerts of shapes {account.shape} and {score.shape}: give one score for each "
                "account"
            )
        if len(account) and account.dtype.kind not in "iu":
            raise AlertsError(f"accounts of type {account.dtype}: give integer account ids")
        if not np.isfinite(score).all():
            raise AlertsError("a score is not finite: omit the account or give a finite one")
        if len(np.unique(account)) < len(account):
            raise AlertsError("an account appears twice in the alerts: list each account once")
        strange = ~np.isin(account, known)
        if strange.any():
            raise AlertsError(
                f"account {int(account[strange][0])} is not in the view: list only its accounts"
            )
        for thing in self.things:
            if not (isinstance(thing.name, str) and thing.name and math.isfinite(thing.score)):
                raise AlertsError(f"{thing}: give each thing a name as text and a finite score")
        order = np.lexsort((account, -score))
        return Alerts(account[order].astype(np.int32), score[order], self.things)


Reviewer = Callable[[LogView], Alerts]
"""Called at every review, in order of time; the view contains only rows before ``log.now``."""


@runtime_checkable
class TruthReceiver(Protocol):
    """A benchmark control that receives the truth before every review."""

    def receive_truth(self, truth: pa.Table) -> None:
        """Receive the truth so far.

        Args:
            truth: columns of `TRUTH_ACCOUNTS`, one row per account of the view. ``sham_from`` and
                ``sham_until`` may be in the future: an account that is not abused yet is honest so
                far.
        """
        ...
