"""What the accounts that a detector missed have in common, in a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.detectors.features.store import log_view
from shamcrowd.detectors.features.table import FEATURES
from shamcrowd.recording.source import Source
from shamcrowd.recording.units import EARLIEST

TOLD = 2
CLEAR = 0.5
"""A difference of medians below this, in units of the innocent spread, is not worth telling."""


class FeatureTable:
    """The account features at the end of a recording, for telling groups apart."""

    def __init__(
        self, source: Source, end: int, account: npt.NDArray[np.int32], stored: Path | None = None
    ) -> None:
        """Features of ``account`` at ``end``, the last review; from their store, if there is one.

        Nobody asks what they were before, so that the log is added up in one go.
        """
        features = AccountFeatures()
        features.update(log_view(source, end, EARLIEST, stored))
        self._table = features.table(end)[features.index.of(account)]

    def differs(self, one: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> list[str]:
        """In what the medians of two groups differ most, as ``topics 3 against 9``."""
        spread = np.percentile(self._table[other], 84, axis=0)
        spread = np.maximum(spread - np.percentile(self._table[other], 16, axis=0), 0.05)
        here, there = (np.median(self._table[g], axis=0) for g in (one, other))
        apart = np.abs(here - there) / spread
        most = [i for i in np.argsort(-apart, kind="stable").tolist() if apart[i] >= CLEAR]
        return [
            f"{f.label} {f.formatted(here[i])} against {f.formatted(there[i])}"
            for i, f in ((i, FEATURES[i]) for i in most[:TOLD])
        ]


def missed(
    features: FeatureTable,
    member: npt.NDArray[np.bool_],
    alert: npt.NDArray[np.bool_],
    innocent: npt.NDArray[np.bool_],
) -> str:
    """A sentence on the campaign's accounts that were not flagged; "" if all were."""
    gone, caught = member & ~alert, member & alert
    if not gone.any():
        return ""
    if caught.any():
        told = features.differs(gone, caught)
        whom = f"{gone.sum()} missed, unlike the {caught.sum()} caught: "
        alike = f"{gone.sum()} missed that look like the {caught.sum()} caught"
    else:
        told = features.differs(gone, innocent)
        whom = f"all {gone.sum()} missed, though unlike the innocent: "
        alike = f"all {gone.sum()} missed; their medians are those of the innocent"
    return whom + "; ".join(told) if told else alike
