"""Requests made by each campaign, and a limit on them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.traffic.request_columns import ServedRequests
from shamcrowd.simulator.traffic.slice_messages import LEGITIMATE
from shamcrowd.simulator.traffic.traffic_rows import Conversations, RequestRows


def limit_to_quota(
    quota: int, own: npt.NDArray[np.bool_], rows: RequestRows, conversations: Conversations
) -> RequestRows:
    """Remove the rows that a campaign would make beyond its quota.

    Args:
        quota: number of requests it may still make.
        own: for each usage profile, whether it is the campaign's.
        rows: n requests in order of time.
        conversations: their conversations.
    """
    if quota >= len(rows):
        return rows
    its = np.flatnonzero(own.take(conversations.profile).take(rows.conversation))
    if len(its) <= quota:
        return rows
    kept = np.ones(len(rows), np.bool_)
    kept[its[quota:]] = False
    return rows.chosen(kept)


def requests_by_campaign(
    groups: tuple[str, ...],
    group_of_profile: npt.NDArray[np.int64],
    abusive: npt.NDArray[np.bool_],
    served: ServedRequests,
    conversations: Conversations,
) -> dict[str, tuple[int, int]]:
    """Count abusive and other requests by campaign, on its own and on taken-over accounts.

    Args:
        groups: names of the groups.
        group_of_profile: index into ``groups`` for each usage profile.
        abusive: shape (n,), whether a request serves a campaign's purpose.
        served: n requests.
        conversations: their conversations.
    """
    if len(groups) == 1:
        return {}
    group = group_of_profile.take(conversations.profile).take(served.conversation)
    many = np.bincount(group * 2 + abusive, minlength=2 * len(groups))
    return {
        name: (int(many[2 * code + 1]), int(many[2 * code]))
        for code, name in enumerate(groups)
        if name != LEGITIMATE and many[2 * code : 2 * code + 2].any()
    }
