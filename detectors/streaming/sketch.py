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
    now: npt.NDArray[np.float64], past: npt.NDArray[np.float64], tick: int
) -> npt.NDArray[np.float64]:
    """Return the deviation of this tick's count above its mean; 0 at or below it.

    ``(now - (past + now) / tick)^2 * tick^2 / (past * (tick - 1))`` with ``past`` the count of the
    ticks before, which counts from 1; 0 where there is no past, so that a key that was never seen
    is no anomaly. Bhatia et al., TKDD 2022 (https://arxiv.org/abs/2009.08452), section 5, and the
    reference code. There, a count below the mean counts too.

    >>> deviation(np.array([5.0, 5.0]), np.array([9.0, 0.0]), 10).round(4).tolist()
    [16.0, 0.0]
    """
    above = np.maximum(now * tick - past - now, 0.0)
    known: npt.NDArray[np.float64] = np.divide(
        above**2, past * (tick - 1), out=np.zeros_like(above), where=past > 0
    )
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
    [0.0, 81.0]
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
        return deviation(now, past, tick)

    def close(self, tick: int) -> None:
        """End the tick: add its counts to the past; of outlying cells the mean of the past.

        Bhatia et al., Real-Time Anomaly Detection in Edge Streams, TKDD 2022
        (https://arxiv.org/abs/2009.08452), algorithm 3: an attack must not become normal.
        """
        score = deviation(self._now.ravel(), self._past.ravel(), tick)
        mean = self._past / max(tick - 1, 1)
        outlying = score.reshape(self._past.shape) >= THRESHOLD
        self._past += np.where(outlying, mean, self._now)
        self._now[:] = 0.0
