"""A plain function made into a detector."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from detectors.base import Findings
from recording.view import LogView

if TYPE_CHECKING:
    import pandas as pd


class FunctionDetector:
    """Asks a function from a view to a series of scores, indexed by account.

    Accounts that the series leaves out get ``default``.

    >>> from recording.samples import sample_log
    >>> log = LogView(sample_log(), now=sample_log().start + 86_400_000)
    >>> busy = FunctionDetector(lambda log: log.requests(["account"]).value_counts("account"))
    >>> findings = busy.review(log)
    >>> len(findings.account) == len(log.accounts())
    True
    """

    def __init__(
        self, function: Callable[[LogView], pd.Series[float]], default: float = 0.0
    ) -> None:
        self._function = function
        self._default = default

    def review(self, log: LogView) -> Findings:
        """Judge by what the function says."""
        accounts = log.accounts(["account"])["account"].to_numpy()
        scores = self._function(log)
        # Passed on as they are, so that the contract's own check names them.
        unknown = np.setdiff1d(scores.index.to_numpy(), accounts).astype(accounts.dtype)
        account = np.concatenate([accounts, unknown])
        filled = scores.reindex(account)
        absent = ~np.isin(account, scores.index.to_numpy())
        score = np.array(filled, np.float64)
        score[absent] = self._default
        return Findings(account, score)
