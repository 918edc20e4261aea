"""Handles inside, ids outside.

Inside, accounts and entities are counted: innocents from 0 up, operator ``c`` of ``C`` in a
region of its own (``CAMPAIGN_BIT`` | j * C + c), so that a campaign shifts no innocent's number.
Campaigns that follow each other have one operator (`shamcrowd.simulator.campaigns.succession`).
Outside, each number is scrambled by a bijection keyed by the seed, so that an id tells nothing.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.streams import Streams

CAMPAIGN_BIT = 1 << 30
NO_CAMPAIGN = -1
"""In the place of a campaign's number: honest people's."""
_MASK = np.uint64(2**31 - 1)

Handles = npt.NDArray[np.int64]


class Ids:
    """One kind's bijection of the 31-bit numbers.

    >>> ids = Ids(Streams(1), "account")
    >>> len(set(ids(np.arange(1000)).tolist()))
    1000
    """

    def __init__(self, streams: Streams, kind: str) -> None:
        key = streams.key(f"ids/{kind}")
        self._odd = [np.uint64((key >> (13 * i)) | 1) for i in (0, 1, 2)]
        self._add = np.uint64(key & (2**31 - 1))

    def __call__(self, handles: npt.ArrayLike) -> npt.NDArray[np.int32]:
        """Ids of ``handles`` (0 up to 2**31 - 1); same shape."""
        with np.errstate(over="ignore"):
            x = (np.asarray(handles).astype(np.uint64) + self._add) & _MASK
            for odd, shift in zip(self._odd, (15, 13, 16), strict=True):
                x = (x * odd) & _MASK
                x ^= x >> np.uint64(shift)
        return x.astype(np.int32)


class Counter:
    """Deals out handles to one owner: the ``number``-th of ``of`` that share a region.

    ``campaign`` is the campaign, by number, that they are for at present.
    """

    def __init__(self, number: int = 0, of: int = 1, *, campaign: bool = False) -> None:
        self._number = number
        self._of = of
        self._region = CAMPAIGN_BIT if campaign else 0
        self.count = 0
        self.campaign = NO_CAMPAIGN

    def take(self, count: int) -> Handles:
        """The next ``count`` handles.

        >>> Counter(1, of=3).take(3).tolist()
        [1, 4, 7]
        """
        handles = self.coming(count)
        self.count += count
        return handles

    def coming(self, count: int) -> Handles:
        """The handles that the next ``count`` will get."""
        own = np.arange(self.count, self.count + count, dtype=np.int64)
        return self._region | (own * self._of + self._number)
