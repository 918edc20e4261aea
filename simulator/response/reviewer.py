"""Who is asked at every review of a run in progress: a view in, alerts out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.view import LogView


class AlertsError(ShamcrowdError):
    """A reviewer whose answer breaks the contract."""

    exit_code = 3


@dataclass(frozen=True)
class Alerts:
    """Accounts over the operating point at one review.

    ``account`` (ids) has shape (n,); ``score`` too, finite: people look at higher ones first.

    >>> Alerts.none().account.tolist()
    []
    """

    account: npt.NDArray[np.int32]
    score: npt.NDArray[np.float64]

    @classmethod
    def none(cls) -> Alerts:
        """Nobody."""
        return cls(np.empty(0, np.int32), np.empty(0))

    def checked(self, known: npt.NDArray[np.int32]) -> Alerts:
        """The same by falling score, equal ones by id; ``known`` are the accounts there are,
        ascending.

        Raises:
            AlertsError: for an account twice or unknown, a score that is not finite, or arrays of
                other shapes.

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
            raise AlertsError(f"accounts of type {account.dtype}: give their ids, whole numbers")
        if not np.isfinite(score).all():
            raise AlertsError("a score is not finite: leave the account out, or give it a number")
        if len(np.unique(account)) < len(account):
            raise AlertsError("an account stands twice among the alerts: name each once")
        strange = ~np.isin(account, known)
        if strange.any():
            raise AlertsError(
                f"account {int(account[strange][0])} is not in the view: name accounts of the log"
            )
        order = np.lexsort((account, -score))
        return Alerts(account[order].astype(np.int32), score[order])


Reviewer = Callable[[LogView], Alerts]
"""Asked at every review, in the order of time; only rows before ``log.now`` are in the view."""


@runtime_checkable
class TruthReceiver(Protocol):
    """A control of the benchmark: before every review it hears the truth."""

    def receive_truth(self, truth: pa.Table) -> None:
        """``truth`` has the columns of `TRUTH_ACCOUNTS`, a row for each account of the view.

        ``sham_from`` and ``sham_until`` may lie in the future: whoever is not yet abused is
        honest so far.
        """
        ...
