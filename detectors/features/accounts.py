"""The feature table of a log as of each review, for detectors."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.features.running import RunningFeatures
from shamcrowd.detectors.features.store import StoredFeatures, StoredLog
from shamcrowd.detectors.features.table import clocked
from shamcrowd.recording.view import LogView


class AccountFeatures:
    """The account features of `shamcrowd.detectors.features.table`, updated review by review.

    They are computed from the log. If a view comes with stored features (`StoredLog`), they are
    read from there instead; the values are the same.

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
        """The accounts opened so far, with the row of each in the table."""
        return self._kept.index

    def update(self, log: LogView) -> None:
        """Process the rows since the previous review."""
        if isinstance(log, StoredLog):
            if not len(self.index):
                self._kept = StoredFeatures(log.features)
        elif isinstance(self._kept, StoredFeatures):
            # This moment is not stored: compute from the first row, now and from here on.
            self._kept, log = RunningFeatures(), log.at(log.now)
        self._kept.update(log)

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Return the table as of the last review; the caller may change it.

        Args:
            now: moment of the last review, ms since 1970.

        Returns:
            Shape (accounts, features), rows in the order of ``index.ids``, columns in that of
            `shamcrowd.detectors.features.table.FEATURES`; all finite.
        """
        return clocked(self._kept.settled, now)
