"""What campaigns took in a slice, in tokens and at list price."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.traffic.draw import Conversations
from shamcrowd.simulator.traffic.request_columns import ServedRequests
from shamcrowd.simulator.traffic.slice_messages import Consumption

FINE = 200
HONEST = 0
"""Place of honest people among the groups."""


def consumption(
    groups: tuple[str, ...],
    whose: npt.NDArray[np.int64],
    abusive: npt.NDArray[np.bool_],
    served: ServedRequests,
    talks: Conversations,
    prices: npt.NDArray[np.float64],
) -> dict[str, Consumption]:
    """What each campaign's duties were served, on whosever accounts.

    Args:
        groups: names of the groups, honest people first.
        whose: the group of each habit, by place in ``groups``.
        abusive: shape (n,), a flag for each request served.
        served: the n requests.
        talks: their conversations.
        prices: US dollars a token by model: asked, answered.
    """
    if len(groups) == 1:
        return {}
    group = whose.take(talks.profile).take(served.talk)
    rows = np.flatnonzero((group != HONEST) & (served.status == FINE))
    group, abusive, talk = group.take(rows), abusive.take(rows), served.talk.take(rows)
    asked, answered = served.input_tokens.take(rows), served.output_tokens.take(rows)
    asked, answered = asked.astype(np.float64), answered.astype(np.float64)
    model = talks.model.take(talk)
    abusive_value = asked * prices[0].take(model) + answered * prices[1].take(model)

    def summed(values: npt.NDArray[Any]) -> list[float]:
        return list(np.bincount(group, weights=values, minlength=len(groups)).tolist())

    tokens, abusive_tokens = summed(asked + answered), summed((asked + answered) * abusive)
    value = summed(abusive_value * abusive)
    return {
        groups[code]: Consumption(tokens[code], abusive_tokens[code], value[code])
        for code in np.unique(group).tolist()
    }
