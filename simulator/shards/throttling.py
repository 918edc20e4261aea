"""What a throttled account may still send, and how the rest is refused.

There are three kinds. A lowered *rate* limit is what operators of relays meet openly. A *quota* cut
shows by its effect alone: one operator's week was worth $300 instead of $2,500 (public issue
Wei-Shaw/sub2api#5556, August 2026; a self-report). A limit on requests at once (*concurrency*)
answers as an overloaded server does, once three to five are in progress (#5806, #6431, #7253).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.in_progress import in_progress
from shamcrowd.recording.units import MS_PER_DAY, Millis
from shamcrowd.simulator.core.radix import stable_order
from shamcrowd.simulator.platform.rate_limit import over_limit

KINDS = ("rate", "quota", "concurrency")
ALLOWANCE_MINUTES = 60
"""A plan's allowance for a day: so many minutes at its full rate limit (assumed)."""
Accounts = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
Requests = tuple[Millis, Accounts]
"""Times (ms), ascending, and local account numbers of requests."""


@dataclass(frozen=True)
class ThrottleTerms:
    """What a throttle leaves.

    Attributes:
        kind: one of `KINDS`.
        share: share of the plan's rate limit (``rate``) or of its allowance for a day (``quota``).
        at_once: requests in progress that are let through (``concurrency``).
        status: HTTP status of what is refused.
    """

    kind: str
    share: float
    at_once: int
    status: int


class Throttling:
    """Finds the requests of throttled accounts that are too many, slice by slice.

    Args:
        terms: what a throttle leaves.
    """

    def __init__(self, terms: ThrottleTerms) -> None:
        self._terms = terms
        self._used = np.empty(0, np.int64)
        self._day = -1
        self._open = np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.int64)
        """Requests in progress at the end of the last slice: beginning, account, end."""

    def exceeding(self, minute: Requests, requests: Requests, end: Millis, limit: Accounts) -> Mask:
        """Which of n requests are beyond what is left.

        Args:
            minute: requests of the minute before.
            requests: the slice's, n of them.
            end: shape (n,), when answers are complete, ms.
            limit: requests per minute by account.
        """
        time, account = requests
        if self._terms.kind == "quota":
            return self._over_quota(time, account, limit)
        if self._terms.kind == "concurrency":
            return self._over_at_once(time, account, end)
        low = np.maximum(limit * self._terms.share, 1).astype(np.int32)
        times = np.concatenate([minute[0], time])
        over = over_limit(times, np.concatenate([minute[1], account]), low)
        return np.zeros(len(time), np.bool_) if over is None else over[len(minute[0]) :]

    def _over_quota(self, time: Millis, account: Accounts, limit: Accounts) -> Mask:
        over = np.zeros(len(time), np.bool_)
        most = np.maximum(limit * (self._terms.share * ALLOWANCE_MINUTES), 1)
        if len(self._used) < len(limit):
            more = np.zeros(len(limit) - len(self._used), np.int64)
            self._used = np.concatenate([self._used, more])
        days = time // MS_PER_DAY
        for day in np.unique(days).tolist():
            if day != self._day:
                self._day, self._used = day, np.zeros(len(limit), np.int64)
            rows = np.flatnonzero(days == day)
            order = rows[stable_order(account[rows])]
            of = account[order]
            number = np.arange(len(of)) - np.searchsorted(of, of) + self._used[of]
            over[order] = number >= most[of]
            self._used += np.bincount(of, minlength=len(limit))
        return over

    def _over_at_once(self, time: Millis, account: Accounts, end: Millis) -> Mask:
        before = len(self._open[0])
        times = np.concatenate([self._open[0], time])
        accounts = np.concatenate([self._open[1], account])
        ends = np.concatenate([self._open[2], end])
        over = np.zeros(len(times), np.bool_)
        # A refused request is not in progress, so that whether one is refused depends on those
        # before it: each round is right for one more of them at least, mostly for all.
        while True:
            until = np.where(over, times + 1, ends)
            found = in_progress(times, accounts, until) >= self._terms.at_once
            found[:before] = False
            if (found == over).all():
                break
            over = found
        if len(time):
            left = (ends > time[-1]) & ~over
            self._open = times[left], accounts[left], ends[left]
        return over[before:]
