"""The addresses of a shard's workloads: each has a run of the list."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import Ids
from shamcrowd.simulator.supply.leases import moved


class AddressList:
    """Addresses by place in the list.

    Args:
        to_ids: maps handles to ids.

    Attributes:
        handles: shape (n,).
        ids: shape (n,).
    """

    def __init__(self, to_ids: Ids) -> None:
        self._to_ids = to_ids
        self.handles = np.empty(0, np.int64)
        self.ids = np.empty(0, np.int32)

    def __len__(self) -> int:
        return len(self.handles)

    def add(self, handles: Handles) -> None:
        """Add addresses at the end."""
        self.handles = np.concatenate([self.handles, handles])
        self.ids = np.concatenate([self.ids, self._to_ids(handles)])

    def move(self, old: Handles, new: Handles) -> None:
        """Put new addresses (shape (n,)) in the places of old ones, which ascend."""
        at, new = moved(self.handles, old, new)
        self.handles[at], self.ids[at] = new, self._to_ids(new)

    @property
    def both(self) -> tuple[Handles, npt.NDArray[np.int32]]:
        """Handles and ids."""
        return self.handles, self.ids
