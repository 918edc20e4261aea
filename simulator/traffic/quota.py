"""What a campaign came for: beyond a number of requests it makes no more."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.traffic.draw import Conversations, Rows


def within(quota: int, own: npt.NDArray[np.bool_], rows: Rows, talks: Conversations) -> Rows:
    """Rows without those that a campaign would make beyond its quota.

    Args:
        quota: requests that it may still make.
        own: for each habit, is it one of the campaign's?
        rows: shape (n,), requests in time order.
        talks: their conversations.
    """
    if quota >= len(rows):
        return rows
    its = np.flatnonzero(own.take(talks.habit).take(rows.conversation))
    if len(its) <= quota:
        return rows
    kept = np.ones(len(rows), np.bool_)
    kept[its[quota:]] = False
    return rows.chosen(kept)
