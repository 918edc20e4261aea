"""Control: a lottery."""

from __future__ import annotations

import numpy as np

from detectors.base import Findings
from recording.view import LogView


class Random:
    """A number drawn by lot for each account, the same at every review: the chance level.

    The lot is a hash of the sign-up moment and device, since ids are opaque.
    """

    def review(self, log: LogView) -> Findings:
        """Judge by lot."""
        rows = log.accounts(["account", "created", "utc_offset", "mailbox"])
        created = rows["created"].to_numpy("datetime64[ms]").astype(np.int64)
        # Sign-up milliseconds are as good as a coin; the day part is thrown away.
        lot = (created * 2_654_435_761 + rows["utc_offset"].to_numpy(np.int64)) % 1_000_003
        return Findings(rows["account"].to_numpy(), lot / 1_000_003)
