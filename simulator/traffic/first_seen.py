"""First-use times by handle, kept separately for legitimate accounts and campaigns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.core.handles import CAMPAIGN_BIT


class HandleFirstSeen:
    """The earliest time noted for each handle.

    >>> first = HandleFirstSeen()
    >>> first.note(np.array([3, 3]), np.array([9, 5]))
    >>> first.known()
    (array([3]), array([5]))
    """

    def __init__(self) -> None:
        self._own = [np.empty(0, np.int64), np.empty(0, np.int64)]
        self._reported = [np.empty(0, np.int64), np.empty(0, np.int64)]

    def note(self, handles: npt.NDArray[np.int64], times: Millis) -> None:
        """Note uses of ``handles`` at ``times`` (ms), both of shape (n,)."""
        campaigns = handles >= CAMPAIGN_BIT
        for region, mask in ((0, ~campaigns), (1, campaigns)):
            if not mask.any():
                continue
            own = handles[mask] & (CAMPAIGN_BIT - 1)
            first = self._own[region]
            need = int(own.max()) + 1
            if need > len(first):
                grown = np.full(max(need, 2 * len(first)), NEVER, np.int64)
                grown[: len(first)] = first
                self._own[region] = first = grown
            np.minimum.at(first, own, times[mask])

    def fresh(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return handles and times whose first use became known, or earlier, since the last call.

        >>> first = HandleFirstSeen()
        >>> first.note(np.array([3]), np.array([9]))
        >>> first.fresh()
        (array([3]), array([9]))
        >>> first.note(np.array([3, 4]), np.array([9, 9]))
        >>> first.fresh()
        (array([4]), array([9]))
        """
        handles, times = [], []
        for region, first in enumerate(self._own):
            reported = self._reported[region]
            new = first.copy()
            new[: len(reported)] = np.where(
                new[: len(reported)] < reported, new[: len(reported)], NEVER
            )
            some = np.flatnonzero(new < NEVER)
            handles.append(some | (CAMPAIGN_BIT * region))
            times.append(first[some])
            self._reported[region] = first.copy()
        return np.concatenate(handles), np.concatenate(times)

    def known(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return all handles used and the times of their first use."""
        used = [np.flatnonzero(first < NEVER) for first in self._own]
        return (
            np.concatenate([used[0], used[1] | CAMPAIGN_BIT]),
            np.concatenate([self._own[0][used[0]], self._own[1][used[1]]]),
        )
