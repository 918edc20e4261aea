"""The feature table of a log, as of each review: what detectors ask for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.features.running import RunningFeatures
from shamcrowd.detectors.features.store import StoredFeatures, StoredLog
from shamcrowd.detectors.features.table import clocked
from shamcrowd.recording.view import LogView


class AccountFeatures:
    """The features of `shamcrowd.detectors.features.table`, kept up review by review.

    They are added up from the log; or, where a log comes with a store of them (`StoredLog`), read
    from there. The values are the same.

    >>> from shamcrowd.detectors.features.table import NAMES
    >>> from shamcrowd.recording.samples import sample_log
    >>> log = LogView(sample_log(), sample_log().start + 86_400_000)
    >>> features = AccountFeatures()
    >>> features.update(log)
    >>> features.table(log.now).shape == (len(features.index), len(NAMES))
    True
    """

    def __init__(self) -> None:
        self._kept: RunningFeatures | StoredFeatures = RunningFeatures()

    @property
    def index(self) -> AccountIndex:
        """The accounts opened so far, and the row of each."""
        return self._kept.index

    def update(self, log: LogView) -> None:
        """Take in what came since the last review."""
        if isinstance(log, StoredLog):
            if not len(self.index):
                self._kept = StoredFeatures(log.features)
        elif isinstance(self._kept, StoredFeatures):
            # A moment that nobody stored: from here on they are added up, from the first row.
            self._kept, log = RunningFeatures(), log.at(log.now)
        self._kept.update(log)

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Shape (accounts, features), rows in the order of ``index.ids``; all finite.

        ``now`` is the moment of the last review, ms since 1970. The array is the caller's own.
        """
        return clocked(self._kept.settled, now)
