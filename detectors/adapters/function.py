"""A plain function made into a detector."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shamcrowd.detectors.adapters.answers import findings_of
from shamcrowd.detectors.base import Findings
from shamcrowd.recording.view import LogView


class FunctionDetector:
    """Asks a function from a view to scores: a pandas series by account, or a frame.

    A frame may come from pandas, polars or Arrow and has columns ``account`` and ``score``, and
    ``cluster`` and ``reason`` if it likes. Accounts left out get ``default``.

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
        """Judge by what the function says."""
        known = log.accounts(["account"])["account"].to_numpy()
        return findings_of(self._function(log), known, self._default)
