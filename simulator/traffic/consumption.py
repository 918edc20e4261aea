"""Tokens served to campaigns in a slice, and their list price."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.traffic.request_columns import ServedRequests
from shamcrowd.simulator.traffic.slice_messages import Consumption
from shamcrowd.simulator.traffic.traffic_rows import Conversations

FINE = 200
HONEST = 0
"""Index of legitimate accounts among the groups."""


def consumption(
    groups: tuple[str, ...],
    group_of_profile: npt.NDArray[np.int64],
    abusive: npt.NDArray[np.bool_],
    served: ServedRequests,
    conversations: Conversations,
    prices: npt.NDArray[np.float64],
) -> dict[str, Consumption]:
    """What each campaign's workloads were served, on its own and on taken-over accounts.

    Args:
        groups: names of the groups, legitimate accounts first.
        group_of_profile: index into ``groups`` for each usage profile.
        abusive: shape (n,), whether a request serves a campaign's purpose.
        served: n requests.
        conversations: their conversations.
        prices: US dollars per input, output and cached token by model, shape (3, models).
    """
    if len(groups) == 1:
        return {}
    group = group_of_profile.take(conversations.profile).take(served.conversation)
    rows = np.flatnonzero((group != HONEST) & (served.status == FINE))
    group, abusive = group.take(rows), abusive.take(rows)
    asked, answered = served.input_tokens.take(rows), served.output_tokens.take(rows)
    asked, answered = asked.astype(np.float64), answered.astype(np.float64)
    price = served.cost(rows, conversations, prices)

    def summed(values: npt.NDArray[Any]) -> list[float]:
        return list(np.bincount(group, weights=values, minlength=len(groups)).tolist())

    tokens, abusive_tokens = summed(asked + answered), summed((asked + answered) * abusive)
    value = summed(price * abusive)
    return {
        groups[code]: Consumption(tokens[code], abusive_tokens[code], value[code])
        for code in np.unique(group).tolist()
    }
