"""Values by handle: a look-up without searching, for both regions of handles."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import CAMPAIGN_BIT


class PerHandle:
    """One value for each handle; ``empty`` where none was set.

    >>> values = PerHandle(np.int8, -1)
    >>> values.set(np.array([2, CAMPAIGN_BIT | 1]), np.array([7, 9]))
    >>> values.get(np.array([2, 1, CAMPAIGN_BIT | 1])).tolist()
    [7, -1, 9]
    """

    def __init__(self, kind: npt.DTypeLike, empty: float) -> None:
        self._empty = empty
        self._held = [np.empty(0, kind), np.empty(0, kind)]

    def set(self, handles: Handles, values: npt.ArrayLike) -> None:
        """Set the values (scalar or shape (n,)) of handles (shape (n,))."""
        campaigns = handles >= CAMPAIGN_BIT
        given = np.broadcast_to(values, handles.shape)
        for region, mask in ((0, ~campaigns), (1, campaigns)):
            if not mask.any():
                continue
            own = handles[mask] & (CAMPAIGN_BIT - 1)
            held, need = self._held[region], int(own.max()) + 1
            if need > len(held):
                grown = np.full(max(need, 2 * len(held)), self._empty, held.dtype)
                grown[: len(held)] = held
                self._held[region] = held = grown
            held[own] = given[mask]

    def get(self, handles: Handles) -> npt.NDArray[Any]:
        """Return the values of handles, same shape."""
        found = np.full(handles.shape, self._empty, self._held[0].dtype)
        campaigns = handles >= CAMPAIGN_BIT
        for region, mask in ((0, ~campaigns), (1, campaigns)):
            own = handles & (CAMPAIGN_BIT - 1)
            known = mask & (own < len(self._held[region]))
            found[known] = self._held[region][own[known]]
        return found
