"""Supply batches: what is bought together, with one kit, for accounts made one after the other.

Nothing is shared between batches. So a farm of any size falls into groups of the same size, however
its accounts are spread over time, and what holds in a scenario shrunk by ``--scale`` holds in the
whole one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.streams import Streams

Numbers = npt.NDArray[np.int64]
UNLIKE = 0.3
"""Standard deviation of the logarithm of the size of a batch (assumed)."""
MIXED_UP = 0.35
"""How far accounts of a batch are out of the order of its items, in accounts per item (assumed)."""


@dataclass(frozen=True)
class Places:
    """Where n accounts stand in their supply batches; arrays of shape (n,).

    Attributes:
        batch: number of the supply batch.
        position: number of the account in its batch.
        size: accounts that the batch is for.
        kit: index of the batch's kit in `SupplyBatches.kits`.
    """

    batch: Numbers
    position: Numbers
    size: Numbers
    kit: Numbers

    def __len__(self) -> int:
        return len(self.batch)

    def chosen(self, which: Numbers) -> Places:
        """Those at the indices ``which``."""
        return Places(self.batch[which], self.position[which], self.size[which], self.kit[which])


class SupplyBatches:
    """A campaign's supply batches, of kits in given shares; one is used until it is full.

    Args:
        mixture: for each kit its share of the accounts, and the mean size of its batches.
        accounts: accounts of the whole campaign.
        streams: the sizes of batches are drawn from a stream called ``name``.

    Attributes:
        kits: names of the kits.
    """

    def __init__(
        self, mixture: Mapping[str, tuple[float, int]], accounts: float, streams: Streams, name: str
    ) -> None:
        self.kits = tuple(mixture)
        self._share = np.array([part for part, _ in mixture.values()])
        # No kit's batch takes more than its share of a small campaign.
        self._mean = [min(size, max(part * accounts, 2.0)) for part, size in mixture.values()]
        self._streams, self._name = streams, name
        self._made = np.zeros(len(mixture))
        self._begun = 0
        self._left = 0
        self._present = (0, 0, 0)
        self._open: dict[str, tuple[int, Handles]] = {}

    def draw(self, count: int, *, again: bool = False) -> Places:
        """Places of the next ``count`` accounts.

        With ``again`` all are made from the batch in use, however many it has served.
        """
        if again and self._begun:
            same = [np.full(count, n, np.int64) for n in self._present]
            # Dealt among the batch's items in turn, like its own accounts.
            return Places(same[0], np.arange(count, dtype=np.int64) % same[1], same[1], same[2])
        rows: list[tuple[int, int, int, int, int]] = []
        wanted = count
        while wanted > 0:
            if not self._left:
                self._begin()
            number, size, which = self._present
            taken = min(wanted, self._left)
            rows.append((taken, number, size - self._left, size, which))
            self._left -= taken
            self._made[which] += taken
            wanted -= taken
        if not rows:
            none = np.empty(0, np.int64)
            return Places(none, none, none, none)
        table = np.array(rows, np.int64)
        each = table[:, 0]
        batches, first, sizes, kinds = np.repeat(table[:, 1:], each, axis=0).T
        step = np.arange(count) - np.repeat(np.cumsum(each) - each, each)
        return Places(batches, first + step, sizes, kinds)

    def _begin(self) -> None:
        """Begin a batch of the kit that is furthest behind its share."""
        self._begun += 1
        ahead = self._made - self._share * (self._made.sum() + 1)
        which = int(np.argmin(ahead / np.maximum(self._share, 1e-9)))
        unlike = float(np.exp(UNLIKE * self._streams(self._name, self._begun).standard_normal()))
        size = max(round(self._mean[which] * unlike), 2)
        self._present = (self._begun - 1, size, which)
        self._left = size

    def drop(self, kind: str) -> None:
        """Discard what is left of a kind of supply; the next account gets new items."""
        for name in [name for name in self._open if name.startswith(kind)]:
            del self._open[name]

    def deal(
        self,
        kind: str,
        places: Places,
        accounts: float,
        rng: np.random.Generator,
        buy: Callable[[Numbers], Handles],
        uses: int = 1,
    ) -> list[Handles]:
        """Assign items of a kind of supply to accounts.

        Accounts made one after the other share an item, now and then with one made a little later:
        the items of a batch are linked by the accounts that use two of them.

        Args:
            kind: name of the kind, such as ``device``.
            places: places of n accounts, batches in ascending order.
            accounts: mean number of accounts per item, at least 1.
            rng: a stream of the campaign's own.
            buy: makes new items, one for each entry; the entry is the batch that it is for.
            uses: how many items of the kind each account uses (perhaps the same twice).

        Returns:
            ``uses`` arrays of shape (n,): handles.

        >>> from shamcrowd.simulator.core.streams import Streams
        >>> batches = SupplyBatches({"antidetect": (1.0, 4)}, 1000, Streams(1), "example")
        >>> rng, shop = Streams(1)("example"), iter(range(100))
        >>> def buy(batches):
        ...     return np.array([next(shop) for _ in batches])
        >>> places = batches.draw(12)
        >>> (dealt,) = batches.deal("card", places, 2.0, rng, buy)
        >>> len(dealt), len(set(dealt.tolist())) < 12
        (12, True)
        """
        batches, first = np.unique(places.batch, return_index=True)
        items = np.maximum(np.round(uses * places.size[first] / accounts), 1).astype(np.int64)
        kept, pool = self._open.get(kind, (-1, np.empty(0, np.int64)))
        again = len(batches) > 0 and int(batches[0]) == kept
        if again:
            items[0] = len(pool)
        new = slice(1, None) if again else slice(None)
        bought = np.asarray(buy(np.repeat(batches[new], items[new])), np.int64)
        pools = np.concatenate([pool, bought]) if again else bought
        starts = np.cumsum(items) - items
        if len(batches) and batches[-1] >= kept:
            self._open[kind] = (int(batches[-1]), pools[starts[-1] :])
        row = np.searchsorted(batches, places.batch)
        many = items[row]
        late = MIXED_UP * rng.standard_normal(len(places))
        at = (places.position + rng.random(len(places))) * many / places.size + late
        # With an item for each account and use, no account has another's.
        at = np.where(many >= uses * places.size, uses * places.position, np.floor(at))
        at = at.astype(np.int64)
        return [pools[starts[row] + (at + use) % many] for use in range(uses)]
