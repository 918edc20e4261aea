"""Dynamic addresses: a provider gives a line another address, a phone or browser takes a new one.

An address changes a random time after it was used, with a mean by provider. Changes take effect
between slices, and only addresses that were used are replaced, so that their number is at most that
of sessions. It is the same for everybody's lines, exits of proxies included.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, Handles, Millis
from shamcrowd.simulator.core.per_handle import PerHandle
from shamcrowd.simulator.core.streams import uniform_by_id
from shamcrowd.simulator.supply.addresses import Addresses


class Leases:
    """When addresses change, and to which.

    Args:
        addresses: where new addresses are taken.
        key: random key of the world.
    """

    def __init__(self, addresses: Addresses, key: int) -> None:
        self._addresses = addresses
        self._key = key
        self._known = PerHandle(np.bool_, False)
        self._next = PerHandle(np.int64, -1)
        self._held = np.empty(0, np.int64)
        self._until = np.empty(0, np.int64)

    def use(self, handles: Handles, times: Millis) -> None:
        """Note that addresses (shape (n,)) are in use since some times (ms, shape (n,)).

        What is not dynamic, or was used before, is left out.
        """
        order = np.lexsort((times, handles))
        handles, times = handles[order], times[order]
        first = np.flatnonzero(np.diff(handles, prepend=-1))
        handles, times = handles[first], times[first]
        days = self._addresses.lease_days(handles)
        some = (days > 0) & ~self._known.get(handles)
        handles, times, days = handles[some], times[some], days[some]
        luck = uniform_by_id(self._addresses.register.ids(handles), self._key)
        lasts = -np.log1p(-luck) * days * MS_PER_DAY
        self._known.set(handles, True)
        self._held = np.append(self._held, handles)
        self._until = np.append(self._until, times + np.maximum(lasts, 1).astype(np.int64))

    def due(self, now: int) -> tuple[Handles, Handles]:
        """Return addresses that have changed by now (ms), ascending, and the new ones."""
        over = self._until <= now
        old = np.sort(self._held[over])
        self._held, self._until = self._held[~over], self._until[~over]
        new = self._addresses.renewed(old)
        self._next.set(old, new)
        return old, new

    def current(self, handles: Handles) -> Handles:
        """Return what lines have now that had some addresses once, shape (n,)."""
        found = handles.copy()
        while True:
            after = self._next.get(found)
            if not (after >= 0).any():
                return found
            found = np.where(after >= 0, after, found)


def moved(addresses: Handles, old: Handles, new: Handles) -> tuple[npt.NDArray[np.intp], Handles]:
    """Return where in a list of addresses old ones are, and what takes their places.

    ``old`` (ascending) and ``new`` have shape (n,).

    >>> moved(np.array([5, 2, 9, 2]), np.array([2, 9]), np.array([20, 21]))
    (array([1, 2, 3]), array([20, 21, 20]))
    """
    if not len(old):
        return np.empty(0, np.intp), new
    # Most addresses are not even between the first and the last that change.
    near = np.flatnonzero((addresses >= old[0]) & (addresses <= old[-1]))
    at = np.searchsorted(old, addresses[near])
    hit = old[at] == addresses[near]
    return near[hit], new[at[hit]]
