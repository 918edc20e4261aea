"""Random numbers by account: what happens to one account changes nobody else's numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import AccountIds
from shamcrowd.simulator.core.streams import Streams, Uniforms, uniform_by_id

Normals = npt.NDArray[np.float64]
"""Standard normal numbers."""


class Luck:
    """Numbers that depend on the account, on what they are for, and on a number of the moment.

    For no account there is nothing to draw: most rounds of a small world concern nobody.

    Args:
        streams: the streams of the world.
        room: prefix of all names.

    >>> luck, two = Luck(Streams(3), "billing"), np.array([5, 9], np.int32)
    >>> bool(luck.uniform(two, "charge", 1)[1] == luck.uniform(two[1:], "charge", 1)[0])
    True
    """

    def __init__(self, streams: Streams, room: str) -> None:
        self._streams = streams
        self._room = room

    def uniform(self, accounts: AccountIds, what: str, number: int) -> Uniforms:
        """Numbers in [0, 1), shape (n,)."""
        if not len(accounts):
            return np.empty(0, np.float64)
        return uniform_by_id(accounts, self._streams.key(f"{self._room}/{what}/{number}"))

    def normal(self, accounts: AccountIds, what: str, number: int) -> Normals:
        """Standard normal numbers, shape (n,), by the method of Box and Muller (1958)."""
        if not len(accounts):
            return np.empty(0, np.float64)
        first = self.uniform(accounts, f"{what}/radius", number)
        second = self.uniform(accounts, f"{what}/angle", number)
        values: Normals = np.sqrt(-2 * np.log1p(-first)) * np.cos(2 * np.pi * second)
        return values

    def delay(
        self, accounts: AccountIds, what: str, number: int, median: float, sigma: float
    ) -> npt.NDArray[np.int64]:
        """Log-normal delays, ms, shape (n,); ``median`` in ms, at most ten years."""
        if not len(accounts):
            return np.empty(0, np.int64)
        drawn = median * np.exp(sigma * self.normal(accounts, what, number))
        return np.minimum(drawn, 3.2e11).astype(np.int64) + 1
