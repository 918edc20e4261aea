"""What each campaign has made, and beyond what it came for no more."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.traffic.draw import Conversations, RequestRows
from shamcrowd.simulator.traffic.request_columns import ServedRequests
from shamcrowd.simulator.traffic.slice_messages import LEGITIMATE


def within(
    quota: int, own: npt.NDArray[np.bool_], rows: RequestRows, talks: Conversations
) -> RequestRows:
    """Rows without those that a campaign would make beyond its quota.

    Args:
        quota: requests that it may still make.
        own: for each habit, is it one of the campaign's?
        rows: shape (n,), requests in time order.
        talks: their conversations.
    """
    if quota >= len(rows):
        return rows
    its = np.flatnonzero(own.take(talks.profile).take(rows.conversation))
    if len(its) <= quota:
        return rows
    kept = np.ones(len(rows), np.bool_)
    kept[its[quota:]] = False
    return rows.chosen(kept)


def made(
    groups: tuple[str, ...],
    whose: npt.NDArray[np.int64],
    abusive: npt.NDArray[np.bool_],
    served: ServedRequests,
    talks: Conversations,
) -> dict[str, tuple[int, int]]:
    """Abusive and other requests that each campaign's duties made, on whosever accounts.

    Args:
        groups: names of the groups.
        whose: the group of each habit, by place in ``groups``.
        abusive: shape (n,), a flag for each request served.
        served: the n requests.
        talks: their conversations.
    """
    if len(groups) == 1:
        return {}
    group = whose.take(talks.profile).take(served.talk)
    many = np.bincount(group * 2 + abusive, minlength=2 * len(groups))
    return {
        name: (int(many[2 * code + 1]), int(many[2 * code]))
        for code, name in enumerate(groups)
        if name != LEGITIMATE and many[2 * code : 2 * code + 2].any()
    }
