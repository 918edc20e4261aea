"""What clients do about 429: they wait as long as the platform asks for, and send it again.

Client libraries keep to ``Retry-After`` up to a minute, and try twice (openai-python and
anthropic-sdk-python, defaults). The conversation goes on when the request is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_MINUTE, NEVER, Millis
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import mixed, unit
from shamcrowd.simulator.traffic.traffic_rows import RequestRows

_JITTER = 500
"""Clients wait up to so much longer, ms (assumed)."""
Waits = Callable[[Millis, npt.NDArray[np.intp]], npt.NDArray[np.int32] | None]
"""How long requests over a limit should wait, ms, 0: not over it; None if none is. By ascending
times and the row of each."""


@dataclass(frozen=True)
class Senders:
    """Whose n requests are, and how often they try; arrays of shape (n,).

    Attributes:
        account: whose limit counts.
        tries: how often their clients try again.
        tried: how often each was tried before.
    """

    account: npt.NDArray[np.int32]
    tries: npt.NDArray[np.int8]
    tried: npt.NDArray[np.int8]


def resend(
    rows: RequestRows, senders: Senders, waits: Waits, end: int
) -> tuple[RequestRows, npt.NDArray[np.int8]]:
    """Send again what is over a limit, later.

    Whether a request is refused depends on what was sent before it alone. So each round decides
    only about those that nothing decided in the same round can change: a refusal moves no request
    to an earlier time than the next one of its conversation, or the one that is sent again.

    Args:
        rows: n requests in order of time. In place, what follows a refused one in its conversation
            is held up until that is sent again.
        senders: who sent them.
        waits: the limit.
        end: ms; requests from here on are only held up.

    Returns:
        Requests that are sent again, each as the one before it, and how often each was tried.
    """
    first = len(rows)
    time, of = rows.time.copy(), np.arange(first)
    tried, done = senders.tried.copy(), np.zeros(first, np.bool_)
    # Numbers without gaps: a slice has far more accounts and conversations than are over a limit.
    _, whose = np.unique(senders.account, return_inverse=True)
    talks, talk_of = np.unique(rows.conversation, return_inverse=True)
    begin = int(rows.time.min(initial=end))
    live = np.arange(first)
    while True:
        order = live[np.argsort(time[live], kind="stable")]
        order = order[slice(*np.searchsorted(time[order], (begin, end)).tolist())]
        over = waits(time[order], of[order])
        if over is None:
            break
        new = (over > 0) & ~done[order] & (tried[order] < senders.tries[of[order]])
        at, wait = order[new], over[new].astype(np.int64)
        if not len(at):
            break
        # Nothing is decided any more about what was sent earlier; it counts for a minute.
        begin = int(time[at[0]]) - MS_PER_MINUTE
        # Nor about accounts of which nothing was refused.
        refused = np.zeros(int(whose.max()) + 1, np.bool_)
        refused[whose[of[at]]] = True
        live = live[refused[whose[of[live]]]]
        delay = -(-wait // 1000) * 1000
        delay += (unit(mixed(rows.luck[of[at]], 17)) * _JITTER).astype(np.int64)
        sent = time[at] + delay
        own = talk_of[of[live]]
        following = _next_times(time[live], own, np.searchsorted(live, at))
        safe = _undisturbed(whose[of[at]], time[at], np.minimum(sent, following))
        at, sent, delay = at[safe], sent[safe], delay[safe]
        done[at] = True
        since, held = np.full(len(talks), NEVER), np.zeros(len(talks), np.int64)
        since[talk_of[of[at]]], held[talk_of[of[at]]] = time[at], delay
        time[live] += np.where(time[live] > since[own], held[own], 0)
        live = np.concatenate([live, np.arange(len(time), len(time) + len(at))])
        time, of = np.concatenate([time, sent]), np.concatenate([of, of[at]])
        tried = np.concatenate([tried, tried[at] + np.int8(1)])
        done = np.concatenate([done, np.zeros(len(at), np.bool_)])
    again = rows.chosen(of[first:])
    again.time = time[first:]
    rows.time = time[:first]
    return again, tried[first:]


def _next_times(
    time: Millis, conversation: npt.NDArray[np.intp], at: npt.NDArray[np.intp]
) -> Millis:
    """Times of the requests that follow those at ``at`` in their conversations, or `NEVER`."""
    theirs = np.zeros(int(conversation.max()) + 1, np.bool_)
    theirs[conversation[at]] = True
    some = np.flatnonzero(theirs[conversation])
    order = some[np.lexsort((time[some], conversation[some]))]
    found = np.full(len(time), NEVER)
    found[order[:-1]] = np.where(np.diff(conversation[order]) == 0, time[order[1:]], NEVER)
    return found[at]


def _undisturbed(
    account: npt.NDArray[np.intp], time: Millis, changes: Millis
) -> npt.NDArray[np.bool_]:
    """Which refusals, ascending in time, come before every change by earlier ones of the account.

    ``changes``: from when on each changes what its account sends.
    """
    order = np.argsort(account, kind="stable")
    number = np.cumsum(np.diff(account[order], prepend=account[order[0]]) != 0)
    # One running minimum does for all: each account's values lie below those of the one before.
    first, span = time[0], time[-1] - time[0] + 2
    value = np.minimum(changes[order] - first, span - 1) - number * span
    before = np.minimum.accumulate(value) + number * span + first
    safe = np.ones(len(time), np.bool_)
    safe[order[1:]] = (time[order[1:]] < before[:-1]) | (np.diff(number) > 0)
    return safe


def number(
    again: RequestRows, group: npt.NDArray[np.int64], counters: Sequence[Counter], ids: Ids
) -> None:
    """Give requests that are sent again ids of their own.

    Args:
        again: n requests, changed in place.
        group: shape (n,), group that each belongs to.
        counters: of requests that are sent again, by group.
        ids: of requests.
    """
    for code in np.unique(group).tolist():
        own = np.flatnonzero(group == code)
        again.request[own] = ids(counters[code].take(len(own)))


class Tried:
    """How often requests were tried that wait for the slices to come."""

    def __init__(self) -> None:
        self._request, self._count = np.empty(0, np.int32), np.empty(0, np.int8)

    def of(self, request: npt.NDArray[np.int32]) -> npt.NDArray[np.int8]:
        """How often each of the requests (ids) was tried before; 0 for new ones."""
        if not len(self._request):
            return np.zeros(len(request), np.int8)
        at = np.minimum(np.searchsorted(self._request, request), len(self._request) - 1)
        return np.where(self._request[at] == request, self._count[at], 0).astype(np.int8)

    def add(self, request: npt.NDArray[np.int32], count: npt.NDArray[np.int8]) -> None:
        """Note requests (ids) that are sent again."""
        request = np.concatenate([self._request, request])
        order = np.argsort(request)
        self._request = request[order]
        self._count = np.concatenate([self._count, count])[order]

    def keep(self, waiting: npt.NDArray[np.int32]) -> None:
        """Forget all but the requests (ids) that still wait."""
        if len(self._request):
            kept = np.isin(self._request, waiting)
            self._request, self._count = self._request[kept], self._count[kept]
