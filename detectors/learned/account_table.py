"""The account features that a learner may use."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from detectors.features.accounts import AccountFeatures
from detectors.features.index import AccountIndex
from detectors.features.table import AGE, FEATURES, NAMES
from recording.view import LogView

DATES = (AGE, "domain_day")
"""These tell when an account was opened: the second counts the sign-ups of a day, those with a
large mail provider. On another seed of the same scenario a campaign opens its accounts on the same
days, so that a learner would learn the days by heart, not the abuse."""
USED = tuple(i for i, name in enumerate(NAMES) if name not in DATES)


class AccountTable:
    """The account features but for the ``DATES``: `detectors.learned.examples.Evidence`."""

    def __init__(self) -> None:
        self._features = AccountFeatures()

    @property
    def index(self) -> AccountIndex:
        """The accounts opened so far, and the row of each."""
        return self._features.index

    def update(self, log: LogView) -> None:
        """Take in what came since the last review."""
        self._features.update(log)

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Shape (accounts, ``len(USED)``)."""
        return self._features.table(now)[:, USED]


def told(column: int, value: float) -> str:
    """A value of a column in words.

    >>> told(USED.index(NAMES.index('requests')), 2.3978952728)
    'requests: 10'
    """
    feature = FEATURES[USED[column]]
    return f"{feature.words}: {feature.told(value)}"
