"""Supply bought in batches: accounts made one after the other use up the same batch.

Nothing is shared between batches. So a farm of any size falls into groups of the same size, however
its accounts are spread over time, and what holds in a scenario shrunk by ``--scale`` holds in the
whole one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Handles
from shamcrowd.simulator.campaigns.knobs import between

ACCOUNTS_PER_BATCH = (240.0, 12.0)
"""Accounts made from one supply batch: careless, careful (assumed)."""


def batch_size(rotation: float) -> int:
    """Accounts made from one supply batch; ``rotation`` is the evasion knob, 0 to 1.

    >>> batch_size(0.0), batch_size(1.0)
    (240, 12)
    """
    return round(between(*ACCOUNTS_PER_BATCH, rotation))


class SupplyBatches:
    """A campaign's supply; the last batch of each kind stays open until it is used up.

    Attributes:
        size: accounts made from one batch (1 or more).
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._made = 0
        self._open: dict[str, tuple[int, Handles]] = {}

    def draw(self, count: int, *, again: bool = False) -> npt.NDArray[np.int64]:
        """Numbers of the batches that the next ``count`` accounts are made from.

        With ``again`` all are made from the batch in use, however many it has served.
        """
        if again:
            return np.full(count, max(self._made - 1, 0) // self.size, np.int64)
        numbers = np.arange(self._made, self._made + count) // self.size
        self._made += count
        return numbers

    def drop(self, kind: str) -> None:
        """Discard what is left of a kind of supply; the next account gets new items."""
        self._open.pop(kind, None)

    def deal(
        self,
        kind: str,
        numbers: npt.NDArray[np.int64],
        each: int,
        rng: np.random.Generator,
        buy: Callable[[npt.NDArray[np.int64]], Handles],
        uses: int = 1,
    ) -> list[Handles]:
        """Assign items of a kind of supply to accounts.

        Args:
            kind: name of the kind, such as ``device``.
            numbers: shape (n,), batch of each account, from `draw`.
            each: items of this kind in a batch.
            rng: a stream of the campaign's own.
            buy: makes new items, one for each entry; the entry is the batch that it is for.
            uses: how many items of the kind each account uses (perhaps the same twice).

        Returns:
            ``uses`` arrays of shape (n,): handles.

        >>> from shamcrowd.simulator.core.streams import Streams
        >>> batches, rng, shop = SupplyBatches(4), Streams(1)("example"), iter(range(100))
        >>> def buy(batches):
        ...     return np.array([next(shop) for _ in batches])
        >>> first, = batches.deal("card", batches.draw(6), 2, rng, buy)
        >>> set(first[:4].tolist()) <= {0, 1}, set(first[4:].tolist()) <= {2, 3}
        (True, True)
        >>> second, = batches.deal("card", batches.draw(2), 2, rng, buy)
        >>> set(second.tolist()) <= {2, 3}
        True
        """
        batches = np.unique(numbers)
        kept, pool = self._open.get(kind, (-1, np.empty(0, np.int64)))
        new = batches[batches != kept]
        pools = np.asarray(buy(np.repeat(new, each))).reshape(len(new), each)
        if len(new) < len(batches):
            pools = np.concatenate([pool[None], pools])
        self._open[kind] = (int(batches[-1]), pools[-1])
        row = np.searchsorted(batches, numbers)
        return [pools[row, rng.integers(each, size=len(numbers))] for _ in range(uses)]
