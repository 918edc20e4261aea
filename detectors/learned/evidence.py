"""What a learned detector learns from: a table with a row per account, kept up review by review."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from detectors.features.accounts import AccountFeatures
from detectors.features.index import AccountIndex
from detectors.features.table import FEATURES, Feature
from recording.view import LogView


class Evidence(Protocol):
    """A table of what is known of each account; an instance follows one log."""

    @property
    def index(self) -> AccountIndex:
        """The accounts, in the order of the table's rows."""
        ...

    @property
    def columns(self) -> tuple[Feature, ...]:
        """What the columns mean."""
        ...

    def update(self, log: LogView) -> None:
        """Take in what came since the last review."""
        ...

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Shape (accounts, columns); NaN where there is nothing to say."""
        ...


class OwnFeatures(AccountFeatures):
    """The account features as they are."""

    columns = FEATURES
