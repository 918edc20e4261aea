"""Counts of a stream in fixed memory: a count-min sketch with the conditional merge of MIDAS-F."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import numpy.typing as npt

ROWS, WIDTH = 2, 1 << 14
"""Two rows as in the reference code; 16 times its 1,024 cells (assumed), for as many blocks."""
THRESHOLD = 1000.0
"""A cell this far out in a tick is not added to its past (the reference code's default)."""
_PRIME = (1 << 31) - 1
_FACTORS = ((40_503_161, 2_654_435), (1_442_695_041, 69_621))
"""Any numbers below the prime do: one pair a row."""


def deviation(
    now: npt.NDArray[np.float64], total: npt.NDArray[np.float64], tick: int
) -> npt.NDArray[np.float64]:
    """How far a count of this tick lies above its mean so far: chi-squared; 0 at or below it.

    ``(now - total / tick)^2 * tick^2 / (total * (tick - 1))`` with ``total`` including ``now``;
    ticks count from 1, and nothing is known in the first. Bhatia et al., MIDAS, AAAI 2020
    (https://arxiv.org/abs/1911.04464), eq. 3; there, a count below the mean counts too.

    >>> float(deviation(np.array([5.0]), np.array([14.0]), 10).round(4)[0])
    10.2857
    """
    if tick < 2:
        return np.zeros(len(now))
    above = np.maximum(now - total / tick, 0.0) * tick
    known: npt.NDArray[np.float64] = above**2 / (np.maximum(total, 1.0) * (tick - 1))
    return known


def hashed(words: list[str]) -> npt.NDArray[np.int64]:
    """A number below 2^31 - 1 for each word, the same on every machine."""
    return np.array([crc32(word.encode()) % _PRIME for word in words], np.int64)


class FilteredCounts:
    """Counts by key of this tick and of the ticks before, in ``ROWS`` * ``WIDTH`` cells.

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
        """Count in this tick; ``keys`` are below 2^31."""
        for row, cells in enumerate(self._cells(keys)):
            np.add.at(self._now[row], cells, counts)

    def scores(self, keys: npt.NDArray[np.int64], tick: int) -> npt.NDArray[np.float64]:
        """Deviation of each key in this tick: the least over the rows of the sketch."""
        cells = self._cells(keys)
        at = np.arange(ROWS)[:, None]
        now, past = self._now[at, cells].min(axis=0), self._past[at, cells].min(axis=0)
        return deviation(now, past + now, tick)

    def close(self, tick: int) -> None:
        """End the tick: add it to the past, where it was far out the mean of the past instead.

        Bhatia et al., Real-Time Anomaly Detection in Edge Streams, TKDD 2022
        (https://arxiv.org/abs/2009.08452), algorithm 3: an attack does not become usual.
        """
        told = deviation(self._now.ravel(), (self._past + self._now).ravel(), tick)
        mean = self._past / max(tick - 1, 1)
        odd = told.reshape(self._past.shape) >= THRESHOLD
        self._past += np.where(odd, mean, self._now)
        self._now[:] = 0.0
