"""What a detector is: one method from a view of the log to findings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.units import AccountIds

if TYPE_CHECKING:
    from shamcrowd.recording.view import LogView

NO_CLUSTER = -1


@dataclass(frozen=True)
class Findings:
    """What a detector says at one review: a score for every account opened so far.

    Attributes:
        account: shape (n,), the accounts judged, each once, in any order.
        score: shape (n,), finite; higher is more suspicious. Any scale, the same at each review.
        cluster: shape (n,), a number from 0 for accounts that belong together, ``NO_CLUSTER`` for
            the rest; or None if the detector does not group.
        reason: length n, one sentence that a reviewer can check, or "" where there is nothing to
            say; or None.

    >>> Findings(np.array([7, 9]), np.array([0.1, 0.9])).checked(np.array([9, 7])).score.tolist()
    [0.1, 0.9]
    """

    account: AccountIds
    score: npt.NDArray[np.float64]
    cluster: npt.NDArray[np.int64] | None = None
    reason: Sequence[str] | None = field(default=None, repr=False)

    def checked(self, known: AccountIds) -> Findings:
        """Itself, if it keeps the contract for the accounts ``known`` at the review.

        Raises:
            DetectorError: naming each breach: lengths, NaN, unknown, missing or double accounts.
        """
        account = np.asarray(self.account)
        score = np.asarray(self.score, dtype=np.float64)
        faults = []
        if account.ndim != 1 or score.ndim != 1:
            faults.append(
                f"account and score must be flat, not of shapes {account.shape} and {score.shape}"
            )
        lengths = {"score": score.size}
        if self.cluster is not None:
            lengths["cluster"] = len(self.cluster)
        if self.reason is not None:
            lengths["reason"] = len(self.reason)
        for name, length in lengths.items():
            if length != account.size:
                faults.append(f"{length} values in {name} for {account.size} accounts")
        if not np.isfinite(score).all():
            faults.append(f"{int((~np.isfinite(score)).sum())} scores are NaN or infinite")
        if np.unique(account).size != account.size:
            faults.append(f"{account.size - np.unique(account).size} accounts are scored twice")
        unknown = np.setdiff1d(account, known)
        if unknown.size:
            faults.append(f"{unknown.size} unknown accounts, for example {unknown[0]}")
        missing = np.setdiff1d(known, account)
        if missing.size:
            faults.append(
                f"{missing.size} of {known.size} accounts have no score, for example {missing[0]}"
            )
        if faults:
            raise DetectorError("findings break the contract: " + "; ".join(faults))
        return Findings(account, score, self.cluster, self.reason)


@dataclass(frozen=True)
class Labels:
    """What a platform knows by some moment of who was sham: late, partial and perhaps wrong.

    ``account`` has shape (n,); ``sham`` is a flag for each. Accounts not named are unknown.
    """

    account: AccountIds
    sham: npt.NDArray[np.bool_]

    @property
    def digest(self) -> str:
        """16 hexadecimal digits over both columns.

        >>> one = Labels(np.array([7, 9], np.int32), np.array([True, False]))
        >>> other = Labels(one.account, ~one.sham)
        >>> one.digest == Labels(one.account, one.sham).digest != other.digest
        True
        """
        sha = hashlib.sha256(np.ascontiguousarray(self.account, np.int64).tobytes())
        sha.update(np.packbits(self.sham).tobytes())
        return sha.hexdigest()[:16]


@runtime_checkable
class Detector(Protocol):
    """Judges accounts on what is known at ``log.now``; asked again at every review.

    An instance judges one recording from its first review to its last and may keep what it
    learns. It is made without arguments. A class may also have ``fit(log, labels)``, called once
    before the first review on another seed of the scenario.
    """

    def review(self, log: LogView) -> Findings:
        """Judge every account opened until ``log.now``."""
        ...
