"""Control: busiest accounts first."""

from __future__ import annotations

import numpy as np

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.recording.view import LogView


class VolumeOnly:
    """Scores accounts by their number of requests so far: what a quota alone catches.

    Score: log(1 + requests). Complexity: one pass over the new requests, one number per account.

    When it fails: campaigns that split their work over many accounts are missed, and the busiest
    accounts are often honest customers.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> bool(VolumeOnly().review(LogView(log, log.start + 3 * 86_400_000)).score.max() > 0)
    True
    """

    def __init__(self) -> None:
        self._index = AccountIndex()
        self._count = np.empty(0, np.int64)

    def review(self, log: LogView) -> Findings:
        """Score accounts by volume."""
        new = self._index.update(log)
        self._count = np.concatenate([self._count, np.zeros(len(new), np.int64)])
        sent = log.new.arrow("requests", ["account"]).column(0).to_numpy()
        self._count += np.bincount(self._index.of(sent), minlength=len(self._index))
        return Findings(self._index.ids, np.log1p(self._count))
