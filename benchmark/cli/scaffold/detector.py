"""A first detector."""

PLUGIN = '''"""{Title}: say in a sentence what it looks for."""

from __future__ import annotations

import pandas as pd

from shamcrowd.detectors.base import Findings
from shamcrowd.recording.view import LogView


class {Class}:
    """Accounts with many requests. Put your own idea here.

    Score: requests until now. Name the paper that it follows: https://example.org/paper.

    Complexity: a pass over the new rows at each review.

    When it fails: campaigns that spread their work over many accounts.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> len({Class}().review(LogView(log, log.start + 3 * 86_400_000)).score)
    80
    """

    def __init__(self) -> None:
        self._requests = pd.Series(dtype=float)

    def review(self, log: LogView) -> Findings:
        """Judge every account opened until now: higher is more suspicious."""
        new = log.new.requests(["account"]).value_counts("account")
        self._requests = self._requests.add(new, fill_value=0)
        accounts = log.accounts(["account"])["account"].to_numpy()
        score = self._requests.reindex(accounts, fill_value=0.0).to_numpy()
        reason = [f"{{count:.0f}} requests" for count in score]
        return Findings(accounts, score, reason=reason)
'''
TEST = '''"""{Class} keeps the rules for detectors."""

from {import_path} import {Class}

from shamcrowd import check_detector


def test_keeps_the_rules():
    check_detector({Class})
'''
