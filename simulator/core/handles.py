"""Handles inside the simulator, ids in the recording.

Inside, accounts and entities are numbered: those of legitimate users from 0 up, those of operator
``c`` of ``C`` in a region of their own (``CAMPAIGN_BIT`` | j * C + c), so that a campaign changes
no number of a legitimate user. Campaigns that follow each other share one operator (see
``succession`` in the campaigns). In the recording each number is replaced by an id, through a
bijection keyed by the seed, so that an id carries no information. With a judge's secret it is
keyed `SECRET_PASSES` times: one pass could be found out from ids whose numbers can be guessed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.streams import Streams

CAMPAIGN_BIT = 1 << 30
MOST = CAMPAIGN_BIT // 4 * 3
"""Handles of a region that counters from its beginning give."""
NO_CAMPAIGN = -1
"""Campaign number of what belongs to legitimate users."""
_MASK = np.uint32(2**31 - 1)
SECRET_PASSES = 4


class Ids:
    """Bijection from handles to ids of one kind, on 31-bit numbers.

    >>> ids = Ids(Streams(1), "account")
    >>> len(set(ids(np.arange(1000)).tolist()))
    1000
    """

    def __init__(self, streams: Streams, kind: str) -> None:
        further = range(1, SECRET_PASSES) if streams.is_secret else ()
        names = (f"ids/{kind}", *(f"ids/{kind}/{number}" for number in further))
        self._passes = [_constants(streams.key(name)) for name in names]

    def __call__(self, handles: npt.ArrayLike) -> npt.NDArray[np.int32]:
        """Ids of ``handles`` (0 up to 2**31 - 1); same shape."""
        given = np.asarray(handles)
        if not given.size:
            return np.empty(given.shape, np.int32)
        # Products modulo 2**31 are the low bits of products modulo 2**32.
        with np.errstate(over="ignore"):
            x = given.astype(np.uint32)
            for add, factors in self._passes:
                x = (x + add) & _MASK
                for odd, shift in zip(factors, (15, 13, 16), strict=True):
                    x = (x * odd) & _MASK
                    x = x ^ (x >> np.uint32(shift))
        return np.asarray(x).view(np.int32)


def _constants(key: int) -> tuple[np.uint32, list[np.uint32]]:
    """What is added, and by what odd numbers is multiplied, in one pass of a bijection."""
    factors = [np.uint32(((key >> (13 * i)) | 1) & (2**32 - 1)) for i in (0, 1, 2)]
    return np.uint32(key & (2**31 - 1)), factors


class Counter:
    """Gives handles to one owner: the ``number``-th of ``of`` owners that share a region.

    ``from_top``: downwards from the end of the region, so that what one counter gives changes
    nothing of what the other does. The last quarter of a region is for these.

    Attributes:
        count: handles given so far.
        campaign: number of the campaign that they are for at present.
    """

    def __init__(
        self, number: int = 0, of: int = 1, *, campaign: bool = False, from_top: bool = False
    ) -> None:
        self._number = number
        self._of = of
        self._region = CAMPAIGN_BIT if campaign else 0
        self._from_top = from_top
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

    def owns(self, handles: Handles) -> npt.NDArray[np.bool_]:
        """Which handles (shape (n,)) were given, or will be, to this owner."""
        own = (handles & ~(CAMPAIGN_BIT - 1)) == self._region
        mine: npt.NDArray[np.bool_] = own & (
            (handles & (CAMPAIGN_BIT - 1)) % self._of == self._number
        )
        return mine

    def coming(self, count: int) -> Handles:
        """The handles that the next `take` of ``count`` will give.

        Raises:
            UsageError: if there are no more; half of the numbers below 2**31 are for campaigns.

        >>> Counter(1, of=3, from_top=True).coming(2).tolist() == [2**30 - 2, 2**30 - 5]
        True
        """
        most = CAMPAIGN_BIT - MOST if self._from_top else MOST
        if count and (self.count + count - 1) * self._of + self._number >= most:
            raise UsageError(
                f"a world cannot hold more than {MOST:,} requests of legitimate accounts, "
                "or of campaigns; give a smaller scale or a shorter horizon"
            )
        numbers = (self.count + np.arange(count)) * self._of + self._number
        return self._region + (CAMPAIGN_BIT - 1 - numbers if self._from_top else numbers)
