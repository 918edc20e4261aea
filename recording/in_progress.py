"""How many requests of one account, or of one key, are in progress at a time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis

Groups = npt.NDArray[np.integer]


def in_progress(time: Millis, group: Groups, end: Millis) -> npt.NDArray[np.int64]:
    """How many earlier requests of the same group are in progress when each begins.

    Args:
        time: shape (n,), ms, ascending within each group.
        group: shape (n,), 0 or more: account or key.
        end: shape (n,), ms, after ``time``.

    >>> time, end = np.array([0, 10, 20, 30]), np.array([15, 40, 25, 60])
    >>> in_progress(time, np.array([0, 0, 0, 0]), end).tolist()
    [0, 1, 1, 1]
    """
    if not len(time):
        return np.empty(0, np.int64)
    _, group = np.unique(group, return_inverse=True)
    order = np.lexsort((time, group))
    of, begins = group[order], time[order] - time.min()
    span = int(end.max() - time.min()) + 2
    # One axis for all groups, so that one search serves all of them.
    stops = np.sort(group * span + (end - time.min()))
    earlier = np.arange(len(of)) - np.searchsorted(of, of)
    ended = np.searchsorted(stops, of * span + begins, side="right")
    ended -= np.searchsorted(stops, of * span)
    count = np.empty(len(of), np.int64)
    count[order] = earlier - ended
    return count


def busy_periods(time: Millis, group: Groups, end: Millis) -> tuple[Millis, Groups, Millis]:
    """Join the requests of each group that overlap; give beginning, group and end of each period.

    Args:
        time: shape (n,), ms.
        group: shape (n,).
        end: shape (n,), ms, after ``time``.

    >>> time, end = np.array([0, 5, 20, 30]), np.array([10, 15, 25, 60])
    >>> begins, _, ends = busy_periods(time, np.array([0, 0, 0, 1]), end)
    >>> begins.tolist(), ends.tolist()
    ([0, 20, 30], [15, 25, 60])
    """
    if not len(time):
        return time, group, end
    _, code = np.unique(group, return_inverse=True)
    order = np.lexsort((time, code))
    of, begins, stops = code[order], time[order], end[order]
    span = int(end.max() - time.min()) + 2
    latest = np.maximum.accumulate(of * span + (stops - time.min()))
    new = np.ones(len(of), np.bool_)
    new[1:] = of[1:] * span + (begins[1:] - time.min()) > latest[:-1]
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(of)) - 1
    return begins[first], group[order][first], latest[last] - of[last] * span + time.min()
