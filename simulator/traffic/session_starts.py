"""When sessions start within a slice: quantiles by zoned profile, made as they are asked for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

KNOTS = 1024
"""Steps between two quantiles: each is as likely as the others."""


class SessionStarts:
    """Quantiles of the session start within one slice, hours.

    Of all zoned profiles of a world most have nobody in a slice, so a row is made when somebody has
    it for the first time.

    Args:
        hours: shape (zoned profiles, hours of the slice), weights.

    >>> starts = SessionStarts(np.array([[1.0, 1.0], [1.0, 3.0]]))
    >>> starts.of(np.array([1]))[(KNOTS + 1) + np.array([0, KNOTS // 4, KNOTS])].tolist()
    [0.0, 1.0, 2.0]
    """

    def __init__(self, hours: npt.NDArray[np.float64]) -> None:
        self._hours = hours
        self._quantiles = np.empty((len(hours), KNOTS + 1), np.float32)
        self._made = np.zeros(len(hours), np.bool_)

    def of(self, zoned_profile: npt.NDArray[np.integer]) -> npt.NDArray[np.float32]:
        """All rows one after the other, shape (rows * (KNOTS + 1),): those asked for are valid."""
        asked = np.zeros(len(self._made), np.bool_)
        asked[zoned_profile] = True
        rows = np.flatnonzero(asked & ~self._made)
        if len(rows):
            self._quantiles[rows] = self._rows(rows)
            self._made[rows] = True
        return self._quantiles.reshape(-1)

    def _rows(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Quantiles of some rows, in one call, each two units after the one before."""
        sums = np.cumsum(self._hours[rows], axis=1)
        edges = np.concatenate([np.zeros((len(rows), 1)), sums], axis=1)
        place = 2.0 * rows[:, None]
        known = place + edges / edges[:, -1:]
        at = place + np.linspace(0.0, 1.0, KNOTS + 1)
        grid = np.tile(np.arange(edges.shape[1], dtype=float), len(rows))
        return np.interp(at.ravel(), known.ravel(), grid).reshape(at.shape)
