"""Requests that levers refuse: those from a blocked or slowed address, or by such a client.

Whose they are makes no difference. As with throttles, requests of campaigns are refused at once,
and those of legitimate accounts at the very end, so that a lever changes no other account's draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.core.streams import mixed, unit
from shamcrowd.simulator.traffic.request_columns import TOO_MANY, ServedRequests
from shamcrowd.simulator.traffic.slice_messages import BLOCKED, LIMITED, Loss

if TYPE_CHECKING:
    from shamcrowd.simulator.shards.shard_config import ShardConfig
    from shamcrowd.simulator.traffic.roster import Roster
    from shamcrowd.simulator.traffic.slice_messages import ThingSpans
    from shamcrowd.simulator.traffic.traffic_rows import Conversations, LogIns

FORBIDDEN = 403
"""HTTP status of a request through a blocked thing."""
COLUMNS = ("address", "client")
"""Columns of conversations that a lever can be on."""
_KEY = 0x1E7E5
_NONE = -1


def bar(
    served: ServedRequests, conversations: Conversations, levers: dict[str, ThingSpans]
) -> None:
    """Note with which status levers refuse requests: 403 where a thing is blocked, else 429.

    Args:
        served: n requests; ``refusal`` is changed in place.
        conversations: their conversations.
        levers: levers in force, by kind of thing.
    """
    passes = np.ones(len(served))
    for name in COLUMNS:
        if name not in levers:
            continue
        spans, things = levers[name], getattr(conversations, name)
        at = np.searchsorted(spans.thing, things)
        concerned = np.append(spans.thing, _NONE)[at] == things
        some = np.flatnonzero(concerned.take(served.conversation))
        used = things.take(served.conversation.take(some))
        passes[some] = np.minimum(passes[some], spans.passing(used, served.time.take(some)))
    some = np.flatnonzero(passes < 1)
    luck = unit(mixed(served.luck.take(some), _KEY))
    out = some[luck >= passes.take(some)]
    served.refusal[out] = np.where(passes.take(out) > 0, TOO_MANY, FORBIDDEN)


def let_in(log_ins: LogIns, levers: dict[str, ThingSpans]) -> LogIns:
    """Log-ins to the console, without those from blocked addresses."""
    if "address" not in levers:
        return log_ins
    kept = levers["address"].passing(log_ins.address, log_ins.time) > 0
    return log_ins if kept.all() else log_ins.chosen(kept)


class Refusals:
    """What campaigns see of refused requests: each account's first one of a day.

    Args:
        config: names of the campaigns.
        roster: the shard's accounts.

    Attributes:
        found: those of the latest slice.
    """

    def __init__(self, config: ShardConfig, roster: Roster) -> None:
        self.found: list[Loss] = []
        self._groups = config.groups
        self._group_of_profile = np.array(config.group_of_profile, np.int64)
        self._roster = roster
        self._noted = {cause: np.empty(0, np.int64) for cause in (BLOCKED, LIMITED)}

    def see(self, served: ServedRequests, conversations: Conversations) -> None:
        """Find the refusals of a slice (``served.refusal``), before anything is refused."""
        some = np.flatnonzero(served.refusal)
        group = self._group_of_profile.take(conversations.profile.take(served.conversation[some]))
        some, group = some[group != 0], group[group != 0]
        self.found = []
        for cause in (BLOCKED, LIMITED):
            of = (served.refusal[some] == FORBIDDEN) == (cause == BLOCKED)
            self.found += self._first(cause, served, some[of], group[of])

    def _first(
        self, cause: str, served: ServedRequests, some: npt.NDArray[np.intp],
        group: npt.NDArray[np.int64],
    ) -> list[Loss]:  # fmt: skip
        account, first = np.unique(served.account[some], return_index=True)
        time = served.time[some[first]]
        noted = self._noted[cause]
        if len(noted) < len(self._roster):
            more = np.full(len(self._roster) - len(noted), _NONE, np.int64)
            noted = self._noted[cause] = np.concatenate([noted, more])
        new = noted[account] < time // MS_PER_DAY
        noted[account[new]] = time[new] // MS_PER_DAY
        handle = self._roster.handle[account]
        return [
            Loss(self._groups[group[first[i]]], int(handle[i]), int(time[i]), cause)
            for i in np.flatnonzero(new).tolist()
        ]
