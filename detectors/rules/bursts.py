"""Surprise of the number of sign-ups of a day that share a key (gamma-Poisson model)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc

SURE = 3.0
"""Surprise (1 in 1000) from which a day is a burst, which is left out of a key's rate (assumed)."""
STEADIEST = 10.0
"""Largest shape of the prior, so that a key's own history always has some weight (assumed)."""
SMALLEST_P = 1e-300


@dataclass(frozen=True)
class DayCounts:
    """The sign-ups of a day by key; every array has shape (keys that day,).

    Attributes:
        key: numbers of the keys, ascending.
        count: sign-ups with the key.
        expected: mean of the predicted number of sign-ups.
        surprise: -log10 of the probability of so many sign-ups; see `surprise`.
    """

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
    """Return -log10 of the probability that an honest account has so many others of its key.

    Every key has a share of all sign-ups, which are a Poisson process. For the key of a random
    account the prior of the share is Gamma(shape, rate). After ``past`` occurrences in ``exposure``
    sign-ups it is Gamma(shape + past, rate + exposure), and the number of other accounts with the
    key among ``today`` sign-ups is negative binomial. The account itself is not counted, so that
    the probability holds for the account under test (Slivnyak's theorem).

    Args:
        count: shape (keys,), sign-ups with the key today.
        past: shape (keys,), sign-ups with the key before.
        exposure: all sign-ups before.
        today: all sign-ups today.
        shape: shape of the prior.
        rate: rate of the prior, in sign-ups.

    >>> float(surprise(np.array([1]), np.array([0.0]), 100, 10, 1.0, 100.0)[0])
    0.0
    """
    success = (rate + exposure) / (rate + exposure + today)
    others = np.maximum(count - 1, 0)
    tail = np.where(others > 0, betainc(np.maximum(others, 1), shape + past, 1 - success), 1.0)
    logs: npt.NDArray[np.float64] = -np.log10(np.maximum(tail, SMALLEST_P)) + 0.0
    return logs


class KeyRates:
    """Learns the usual rates of the keys of one kind, day by day.

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
        """Compare the sign-ups of one day with what is usual.

        Args:
            keys: shape (sign-ups,), key of each sign-up, numbered from 0.
            learn: add the day to the history, without its bursts.
        """
        key, count = np.unique(keys, return_counts=True)
        size = max(len(self._seen), int(key.max(initial=-1)) + 1)
        self._seen = np.concatenate([self._seen, np.zeros(size - len(self._seen))])
        shape, rate = self._prior()
        past = self._seen[key]
        if self._exposure:
            surprises = surprise(count, past, self._exposure, len(keys), shape, rate)
        else:
            surprises = np.zeros(len(key))
        expected = (shape + past) / (rate + self._exposure) * len(keys)
        if learn:
            usual = surprises < SURE
            self._seen[key[usual]] += count[usual]
            self._exposure += count[usual].sum()
        return DayCounts(key, count, expected, surprises)

    def _prior(self) -> tuple[float, float]:
        """Return shape and rate of the prior: the share of a random account's key, by moments."""
        seen = self._seen[self._seen > 0]
        if not len(seen):
            return 1.0, 1.0
        total = seen.sum()
        # One pair is added, so that sharing a key is not impossible where it never happened.
        mean = ((seen * (seen - 1)).sum() + 1) / total
        square = (seen * (seen - 1) * (seen - 2)).sum() / total
        spread = max(square - mean**2, mean**2 / STEADIEST)
        return mean**2 / spread, mean / spread * self._exposure
