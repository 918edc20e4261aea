"""Input of the learned detectors: a table with one row per account, updated at each review."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.features.table import FEATURES, Feature
from shamcrowd.recording.view import LogView


class Evidence(Protocol):
    """Computes the input table; an instance follows one log."""

    @property
    def index(self) -> AccountIndex:
        """The accounts, in the order of the table's rows."""
        ...

    @property
    def columns(self) -> tuple[Feature, ...]:
        """The columns of the table."""
        ...

    def update(self, log: LogView) -> None:
        """Process the rows since the previous review."""
        ...

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Return the table as of the last review, shape (accounts, columns); NaN if undefined."""
        ...


DATES = ("age", "domain_day")
"""Features that identify the day of sign-up: ``domain_day``, at a large mail provider, counts the
sign-ups of a day. On another seed of the scenario a campaign opens its accounts on the same days,
so that trees with these features would learn the days, not the abuse."""
_USED = [i for i, feature in enumerate(FEATURES) if feature.name not in DATES]


class OwnFeatures(AccountFeatures):
    """The account features without the ``DATES``."""

    columns = tuple(FEATURES[i] for i in _USED)

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Return the table as of the last review, shape (accounts, columns)."""
        return super().table(now)[:, _USED]
