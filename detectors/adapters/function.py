"""Makes a detector of a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shamcrowd.detectors.adapters.answers import findings_of
from shamcrowd.detectors.base import Findings
from shamcrowd.recording.view import LogView


class FunctionDetector:
    """Scores with a function that takes a view and returns a pandas series or a data frame.

    A series has account ids as its index. A data frame (of pandas, polars or Arrow) has columns
    ``account`` and ``score``, and optionally ``cluster`` and ``reason``. Accounts left out get the
    score ``default``.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = LogView(sample_log(), now=sample_log().start + 86_400_000)
    >>> busy = FunctionDetector(lambda log: log.requests(["account"]).value_counts("account"))
    >>> findings = busy.review(log)
    >>> len(findings.account) == len(log.accounts())
    True
    """

    def __init__(self, function: Callable[[LogView], Any], default: float = 0.0) -> None:
        self._function = function
        self._default = default

    def review(self, log: LogView) -> Findings:
        """Return the function's scores."""
        known = log.accounts(["account"])["account"].to_numpy()
        return findings_of(self._function(log), known, self._default)
