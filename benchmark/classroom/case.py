"""What an answer is judged on: a log, the truth about it, and which accounts count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import AccountIds
from shamcrowd.recording.view import LogView, open_log

PUBLIC, PRIVATE = "public", "private"


@dataclass(frozen=True)
class Case:
    """A recording whose truth is known.

    Attributes:
        log: all of the log.
        truth: a row per account, by ascending ``account``: ``segment`` (population of a legitimate
            owner), ``campaign`` and ``tactic`` (both missing for legitimate accounts).
        counted: which rows of the truth count, shape (n,).
    """

    log: LogView
    truth: pd.DataFrame
    counted: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, folder: Path) -> Case:
        """The case of the recording in ``folder``, which has its truth; all accounts count."""
        log = whole_log(folder)
        known = log.accounts(["account"])["account"].to_numpy()
        truth = Truth(folder).accounts()[["account", "segment", "campaign", "tactic"]]
        truth = truth[truth["account"].isin(known)].sort_values("account", ignore_index=True)
        # Plain texts: a category of which nobody is left would be counted as one with none.
        truth = truth.astype(dict.fromkeys(("segment", "campaign", "tactic"), object))
        return cls(log, truth, np.ones(len(truth), bool))

    def part(self, which: str, key: bytes) -> Case:
        """The case with the public or the private half of the accounts counted.

        ``key`` makes halves that nobody else can tell apart.
        """
        public = np.array(
            [
                blake2b(str(a).encode(), key=key, digest_size=1).digest()[0] < 128
                for a in self.account
            ]
        )
        return replace(self, counted=public if which == PUBLIC else ~public)

    @cached_property
    def account(self) -> AccountIds:
        """All accounts, ascending."""
        ids: AccountIds = self.truth["account"].to_numpy()
        return ids

    @cached_property
    def sham(self) -> npt.NDArray[np.bool_]:
        """Which of `account` are ever sham."""
        sham: npt.NDArray[np.bool_] = self.truth["campaign"].notna().to_numpy()
        return sham

    def among(self, accounts: Iterable[int]) -> npt.NDArray[np.bool_]:
        """Which of `account` are among ``accounts``."""
        there: npt.NDArray[np.bool_] = np.isin(self.account, np.asarray(list(accounts)))
        return there


def whole_log(folder: Path) -> LogView:
    """The log in ``folder`` as of its end."""
    return LogView(open_log(folder), Manifest.read(folder).end)
