"""Counts of a stream in fixed memory: a count-min sketch with the conditional merge of MIDAS-F."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import numpy.typing as npt

ROWS, WIDTH = 2, 1 << 14
"""Two rows as in the reference code, and 16 times its 1,024 cells (assumed) for more keys."""
THRESHOLD = 1000.0
"""Deviation from which a tick's count is not added to the past (the reference code's default)."""
_PRIME = (1 << 31) - 1
_FACTORS = ((40_503_161, 2_654_435), (1_442_695_041, 69_621))
"""Factor and offset of each row's hash function: arbitrary numbers below the prime."""


def deviation(
    now: npt.NDArray[np.float64], total: npt.NDArray[np.float64], tick: int
) -> npt.NDArray[np.float64]:
    """Return the chi-squared deviation of this tick's count above its mean; 0 at or below it.

    ``(now - total / tick)^2 * tick^2 / (total * (tick - 1))`` with ``total`` including ``now``;
    ticks count from 1, and the first has deviation 0. Bhatia et al., MIDAS, AAAI 2020
    (https://arxiv.org/abs/1911.04464), eq. 3; there, a count below the mean counts too.

    >>> float(deviation(np.array([5.0]), np.array([14.0]), 10).round(4)[0])
    10.2857
    """
    if tick < 2:
        return np.zeros(len(now))
    above = np.maximum(now - total / tick, 0.0) * tick
    known: npt.NDArray[np.float64] = above**2 / (np.maximum(total, 1.0) * (tick - 1))
    return known


def hashed(names: list[str]) -> npt.NDArray[np.int64]:
    """Return a hash below 2**31 - 1 of each name, the same on every machine."""
    return np.array([crc32(name.encode()) % _PRIME for name in names], np.int64)


class FilteredCounts:
    """Counts per key of the current tick and of all ticks before, in ``ROWS`` * ``WIDTH`` cells.

    >>> counts = FilteredCounts()
    >>> key = np.array([3, 4])
    >>> for tick in range(1, 11):
    ...     counts.add(key, np.array([1.0, 10.0 if tick == 10 else 1.0]))
    ...     score = counts.scores(key, tick)
    ...     counts.close(tick)
    >>> score.round(1).tolist()
    [0.0, 38.4]
    """

    def __init__(self) -> None:
        self._now = np.zeros((ROWS, WIDTH))
        self._past = np.zeros((ROWS, WIDTH))

    def _cells(self, keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        rows = [(keys * a + b) % _PRIME % WIDTH for a, b in _FACTORS]
        return np.stack(rows)

    def add(self, keys: npt.NDArray[np.int64], counts: npt.NDArray[np.float64]) -> None:
        """Add counts of the current tick; ``keys`` are below 2**31."""
        for row, cells in enumerate(self._cells(keys)):
            np.add.at(self._now[row], cells, counts)

    def scores(self, keys: npt.NDArray[np.int64], tick: int) -> npt.NDArray[np.float64]:
        """Return the deviation of each key in the current tick, by its smallest cell."""
        cells = self._cells(keys)
        at = np.arange(ROWS)[:, None]
        now, past = self._now[at, cells].min(axis=0), self._past[at, cells].min(axis=0)
        return deviation(now, past + now, tick)

    def close(self, tick: int) -> None:
        """End the tick: add its counts to the past; of outlying cells the mean of the past.

        Bhatia et al., Real-Time Anomaly Detection in Edge Streams, TKDD 2022
        (https://arxiv.org/abs/2009.08452), algorithm 3: an attack must not become normal.
        """
        score = deviation(self._now.ravel(), (self._past + self._now).ravel(), tick)
        mean = self._past / max(tick - 1, 1)
        outlying = score.reshape(self._past.shape) >= THRESHOLD
        self._past += np.where(outlying, mean, self._now)
        self._now[:] = 0.0
