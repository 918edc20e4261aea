"""Control: random scores."""

from __future__ import annotations

import numpy as np

from shamcrowd.detectors.base import Findings
from shamcrowd.recording.view import LogView

FACTOR, MODULUS = 2_654_435_761, 1_000_003


class Random:
    """A random score for each account, the same at every review: the chance level.

    Score: from 0 to 1, a hash of the sign-up time and the time zone, since a detector must not use
    the values of ids. Accounts that are equal in both, as in a log without sign-ups or one that
    knows only their days, have a hash of the id, which is opaque. Complexity: a sort of the
    accounts.

    When it fails: always; it shows what chance alone reaches.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> score = Random().review(LogView(log, log.start + 3 * 86_400_000)).score
    >>> bool(0 <= score.min() < score.max() < 1)
    True
    """

    def review(self, log: LogView) -> Findings:
        """Score accounts at random."""
        rows = log.accounts(["account", "created", "utc_offset"])
        created = rows["created"].to_numpy("datetime64[ms]").astype(np.int64)
        offset = rows["utc_offset"].to_numpy(np.int64)
        account = rows["account"].to_numpy()
        # The milliseconds of a sign-up are as good as random; the modulus drops the day.
        drawn = (created * FACTOR + offset) % MODULUS
        # Equal sign-ups become visible at the same review, so that no score changes later.
        _, place, count = np.unique(
            np.stack([created, offset]), axis=1, return_inverse=True, return_counts=True
        )
        same = count[place] > 1
        drawn[same] = account[same].astype(np.int64) * FACTOR % MODULUS
        return Findings(account, drawn / MODULUS)
