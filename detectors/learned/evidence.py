"""What a learned detector learns from: a table with a row per account, kept up review by review."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.features.table import FEATURES, Feature
from shamcrowd.recording.view import LogView


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
        """Process the rows since the previous review."""
        ...

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Shape (accounts, columns); NaN where there is nothing to say."""
        ...


DATES = ("age", "domain_day")
"""Features that tell when an account was opened: the second, at a large mail provider, counts the
sign-ups of a day. On another seed of its scenario a campaign opens its accounts on the same days,
and trees that may look at the calendar would learn the days, not the abuse."""
_USED = [i for i, feature in enumerate(FEATURES) if feature.name not in DATES]


class OwnFeatures(AccountFeatures):
    """The account features but for the ``DATES``."""

    columns = tuple(FEATURES[i] for i in _USED)

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Shape (accounts, columns)."""
        return super().table(now)[:, _USED]
