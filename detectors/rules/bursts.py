"""How surprising it is that so many sign-ups of a day have one key in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc

SURE = 3.0
"""A day this surprising (1 in 1000) is a burst, and teaches nothing of what is usual (assumed)."""
STEADIEST = 10.0
"""Shape of the steadiest prior: the past of a key always counts for something (assumed)."""
SMALLEST_P = 1e-300


@dataclass(frozen=True)
class DayCounts:
    """The sign-ups of a day by key; each array of shape (keys that day,)."""

    key: npt.NDArray[np.int64]
    count: npt.NDArray[np.int64]
    expected: npt.NDArray[np.float64]
    surprise: npt.NDArray[np.float64]


def surprise(
    count: npt.NDArray[np.int64],
    past: npt.NDArray[np.float64],
    exposure: float,
    today: int,
    shape: float,
    rate: float,
) -> npt.NDArray[np.float64]:
    """-log10 of the chance that an honest account finds so many others of its key that day.

    A key has a share of all sign-ups, and these come by a Poisson process. Among accounts drawn by
    lot, the share of an account's key is Gamma(``shape``, ``rate``); seen ``past`` times in
    ``exposure`` sign-ups, it is Gamma(shape + past, rate + exposure), and the number of others
    with the key among ``today`` sign-ups is negative binomial. The account itself is not counted,
    so that the chance is valid for the account that one looks at (Slivnyak's theorem).

    >>> float(surprise(np.array([1]), np.array([0.0]), 100, 10, 1.0, 100.0)[0])
    0.0
    """
    success = (rate + exposure) / (rate + exposure + today)
    others = np.maximum(count - 1, 0)
    tail = np.where(others > 0, betainc(np.maximum(others, 1), shape + past, 1 - success), 1.0)
    logs: npt.NDArray[np.float64] = -np.log10(np.maximum(tail, SMALLEST_P)) + 0.0
    return logs


class KeyRates:
    """What was usual for the keys of one kind, day by day.

    >>> past = KeyRates()
    >>> for _ in range(30):
    ...     _ = past.judge(np.repeat([0, 1, 2, 3], [30, 10, 1, 1]), learn=True)
    >>> past.judge(np.repeat([0, 4], [30, 12]), learn=False).surprise.round(1).tolist()
    [0.2, 12.9]
    """

    def __init__(self) -> None:
        self._seen = np.empty(0)
        self._exposure = 0.0

    def judge(self, keys: npt.NDArray[np.int64], *, learn: bool) -> DayCounts:
        """The sign-ups of one day: ``keys`` has shape (sign-ups,), numbers from 0.

        ``learn`` takes the day into the past, but for its bursts.
        """
        key, count = np.unique(keys, return_counts=True)
        size = max(len(self._seen), int(key.max(initial=-1)) + 1)
        self._seen = np.concatenate([self._seen, np.zeros(size - len(self._seen))])
        shape, rate = self._prior()
        past = self._seen[key]
        if self._exposure:
            told = surprise(count, past, self._exposure, len(keys), shape, rate)
        else:
            told = np.zeros(len(key))
        expected = (shape + past) / (rate + self._exposure) * len(keys)
        if learn:
            usual = told < SURE
            self._seen[key[usual]] += count[usual]
            self._exposure += count[usual].sum()
        return DayCounts(key, count, expected, told)

    def _prior(self) -> tuple[float, float]:
        """Gamma of the share of the key of an account drawn by lot, by its first two moments."""
        seen = self._seen[self._seen > 0]
        if not len(seen):
            return 1.0, 1.0
        total = seen.sum()
        # One pair more than there is: where nobody ever met, it is not impossible.
        mean = ((seen * (seen - 1)).sum() + 1) / total
        square = (seen * (seen - 1) * (seen - 2)).sum() / total
        spread = max(square - mean**2, mean**2 / STEADIEST)
        return mean**2 / spread, mean / spread * self._exposure
