"""Control: newest accounts first."""

from __future__ import annotations

import numpy as np

from shamcrowd.detectors.base import Findings
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView


class AgeOnly:
    """Scores accounts by sign-up time, latest highest: suspicion of new accounts alone.

    Score: days from the start of the log to the sign-up. Complexity: one pass over the accounts.

    When it fails: campaigns that age their accounts are missed, and days with many honest sign-ups
    give false positives.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> len(AgeOnly().review(LogView(log, log.start + 3 * MS_PER_DAY)).score)
    80
    """

    def review(self, log: LogView) -> Findings:
        """Score accounts by the day of sign-up, counted from the start of the log."""
        rows = log.accounts(["account", "created"])
        created = rows["created"].to_numpy("datetime64[ms]").astype(np.int64)
        return Findings(rows["account"].to_numpy(), (created - log.start) / MS_PER_DAY)
