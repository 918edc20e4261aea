"""Gives accounts that a campaign has in use other addresses and clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from shamcrowd.simulator.shards.address_list import AddressList
    from shamcrowd.simulator.traffic.slice_messages import NewEquipment
    from shamcrowd.simulator.traffic.workloads import Workloads


def equip(workloads: Workloads, addresses: AddressList, new: NewEquipment) -> npt.NDArray[np.intp]:
    """Change the workloads of a campaign's accounts in place; return which were changed.

    Clients are put in at their first version.
    """
    at = np.minimum(np.searchsorted(new.local, workloads.account), len(new.local) - 1)
    rows = np.flatnonzero(new.local[at] == workloads.account)
    if new.addresses is not None:
        many = new.addresses.shape[1]
        workloads.slot[rows] = len(addresses) + at[rows] * many
        workloads.slots[rows] = many
        addresses.add(new.addresses.ravel())
    if new.client is not None:
        workloads.client[rows] = new.client[at[rows], None]
    return rows
