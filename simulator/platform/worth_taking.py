"""Which legitimate accounts a campaign could take over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER
from shamcrowd.simulator.lifecycle.keys import WHOLE

Found = tuple[npt.NDArray[np.int64], npt.NDArray[np.int8], npt.NDArray[np.int32]]


def worth_taking(
    admitted: Sequence[dict[str, Any]],
    taken: npt.NDArray[np.int64],
    before: int,
    password: bool,
    paid: bool,
    single: bool,
) -> Found:
    """Legitimate accounts among the batches ``admitted`` that a campaign could take over.

    ``taken`` are the handles of accounts that are not to be had any more; see
    `AccountTables.worth_taking` for the other arguments and what is returned.
    """
    handles, zones = [np.empty(0, np.int64)], [np.empty(0, np.int8)]
    keys = [np.empty(0, np.int32)]
    for part in admitted:
        if part["campaign"] is None:
            use = part["keys"]
            fit = (part["opens"] < before) & ((use.share < WHOLE) | (use.since < before))
            if paid:
                # Whose owner has left is hardly paid for any more.
                begin, end = part["spells"]
                fit &= part["paid"] & ((begin < before) & (before < end)).any(axis=1)
            if single:
                # An account uses two keys at most: another one would be the thief's, or replace it.
                fit &= use.since == NEVER
            if password:
                fit &= part["password"]
            handles.append(part["handle"][fit])
            zones.append(part["zone"][fit])
            keys.append(np.where(use.share < WHOLE, use.key, use.second)[fit])
    every, zone, key = np.concatenate(handles), np.concatenate(zones), np.concatenate(keys)
    free = ~np.isin(every, taken)
    return every[free], zone[free], key[free]


def have_password(
    admitted: Sequence[dict[str, Any]], handles: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """Which accounts (handles, shape (m,)) of the batches ``admitted`` sign in with a password."""
    every = np.concatenate([part["handle"][part["password"]] for part in admitted])
    return np.isin(handles, every)
