"""What the accounts that a detector missed have in common, in a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.detectors.features.store import log_view
from shamcrowd.detectors.features.table import FEATURES
from shamcrowd.recording.source import Source
from shamcrowd.recording.units import EARLIEST, AccountIds

NAMED = 2
CLEAR = 0.5
"""Smaller differences of medians, in units of the legitimate accounts' spread, are not named."""


class FeatureTable:
    """Account features at the end of a recording, to compare groups of accounts."""

    def __init__(
        self, source: Source, end: int, account: AccountIds, stored: Path | None = None
    ) -> None:
        """Compute the features of ``account`` at ``end``, the last review.

        They are read from the store of features if ``stored`` names one. Earlier values are not
        needed, so the log is read in one pass.
        """
        features = AccountFeatures()
        features.update(log_view(source, end, EARLIEST, stored))
        self._table = features.table(end)[features.index.of(account)]

    def differs(self, one: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> list[str]:
        """The two features whose medians differ most, such as ``topics 3 against 9``."""
        spread = np.percentile(self._table[other], 84, axis=0)
        spread = np.maximum(spread - np.percentile(self._table[other], 16, axis=0), 0.05)
        here, there = (np.median(self._table[g], axis=0) for g in (one, other))
        apart = np.abs(here - there) / spread
        most = [i for i in np.argsort(-apart, kind="stable").tolist() if apart[i] >= CLEAR]
        return [
            f"{f.label} {f.formatted(here[i])} against {f.formatted(there[i])}"
            for i, f in ((i, FEATURES[i]) for i in most[:NAMED])
        ]


def missed(
    features: FeatureTable,
    member: npt.NDArray[np.bool_],
    alert: npt.NDArray[np.bool_],
    legitimate: npt.NDArray[np.bool_],
) -> str:
    """A sentence about the campaign's accounts that were not flagged; "" if all were."""
    gone, caught = member & ~alert, member & alert
    if not gone.any():
        return ""
    if caught.any():
        named = features.differs(gone, caught)
        lead = f"{gone.sum()} missed; they differ from the {caught.sum()} caught: "
        alike = (
            f"{gone.sum()} missed; their medians are close to those of the {caught.sum()} caught"
        )
    else:
        named = features.differs(gone, legitimate)
        lead = f"all {gone.sum()} missed; they differ from legitimate accounts: "
        alike = f"all {gone.sum()} missed; their medians are close to those of legitimate accounts"
    return lead + "; ".join(named) if named else alike
