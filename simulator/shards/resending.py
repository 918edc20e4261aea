"""What clients do about 429: they wait as long as the platform asks for, and send it again.

Client libraries keep to ``Retry-After`` up to a minute, and try twice (openai-python and
anthropic-sdk-python, defaults). The conversation goes on when the request is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import mixed, unit
from shamcrowd.simulator.traffic.traffic_rows import RequestRows

_JITTER = 500
"""Clients wait up to so much longer, ms (assumed)."""
_ROUNDS = 40
"""Requests of one conversation that are sent again in one slice; the others are given up."""
Waits = Callable[[Millis, npt.NDArray[np.intp]], npt.NDArray[np.int32] | None]
"""How long requests over a limit should wait, ms, 0: not over it; None if none is. By ascending
times and the row of each."""


def resend(rows: RequestRows, tries: npt.NDArray[np.int8], waits: Waits) -> RequestRows:
    """Send again what is over a limit, later.

    Args:
        rows: n requests in order of time. In place, what follows a refused one in its conversation
            is held up until that is sent again.
        tries: shape (n,), how often their clients try again.
        waits: the limit.

    Returns:
        Requests that are sent again, each as the one before it.
    """
    first = len(rows)
    time, of = rows.time.copy(), np.arange(first)
    attempt, done = np.zeros(first, np.int8), np.zeros(first, np.bool_)
    spans = int(rows.conversation.max(initial=0)) + 1
    for _ in range(_ROUNDS):
        order = np.argsort(time, kind="stable")
        over = waits(time[order], of[order])
        if over is None:
            break
        wait = np.empty(len(time), np.int32)
        wait[order] = over
        new = np.flatnonzero((wait > 0) & ~done & (attempt < tries[of]))
        if not len(new):
            break
        # The first of each conversation: it holds up the others.
        new = new[np.argsort(time[new], kind="stable")]
        talk, at = np.unique(rows.conversation[of[new]], return_index=True)
        new = new[at]
        done[new] = True
        jitter = unit(mixed(rows.luck[of[new]], 17)) * _JITTER
        delay = -(-wait[new].astype(np.int64) // 1000) * 1000 + jitter.astype(np.int64)
        sent = time[new] + delay
        since, held = np.full(spans, np.iinfo(np.int64).max), np.zeros(spans, np.int64)
        since[talk], held[talk] = time[new], delay
        own = rows.conversation[of]
        time += np.where(time > since[own], held[own], 0)
        time, of = np.concatenate([time, sent]), np.concatenate([of, of[new]])
        attempt = np.concatenate([attempt, attempt[new] + np.int8(1)])
        done = np.concatenate([done, np.zeros(len(new), np.bool_)])
    again = rows.chosen(of[first:])
    again.time = time[first:]
    rows.time = time[:first]
    return again


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
