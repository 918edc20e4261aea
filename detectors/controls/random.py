"""Control: a lottery."""

from __future__ import annotations

import numpy as np

from shamcrowd.detectors.base import Findings
from shamcrowd.recording.view import LogView


class Random:
    """A number drawn by lot for each account, the same at every review: the chance level.

    The lot is a hash of the moment of sign-up and the time zone, since ids are opaque. Score: from
    0 to 1. Complexity: a pass over the accounts.

    When it fails: always, and by how much is what it is here for.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> score = Random().review(LogView(log, log.start + 3 * 86_400_000)).score
    >>> bool(0 <= score.min() < score.max() < 1)
    True
    """

    def review(self, log: LogView) -> Findings:
        """Judge by lot."""
        rows = log.accounts(["account", "created", "utc_offset"])
        created = rows["created"].to_numpy("datetime64[ms]").astype(np.int64)
        # Sign-up milliseconds are as good as a coin; the day part is thrown away.
        lot = (created * 2_654_435_761 + rows["utc_offset"].to_numpy(np.int64)) % 1_000_003
        return Findings(rows["account"].to_numpy(), lot / 1_000_003)
