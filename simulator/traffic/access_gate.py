"""Who gets through: stopped accounts, rate limits, bans and throttles.

What a ban takes from an honest account is taken out at the very end: the account goes on making
its requests unseen, and its credit and bills follow them, so that nothing which others draw moves.
Campaigns know of their bans; nothing is made there, and what was under way is cut before it counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_MINUTE
from shamcrowd.simulator.platform.rate_limit import over_limit
from shamcrowd.simulator.platform.terms import TRIAL
from shamcrowd.simulator.traffic.draw import Conversations, RequestRows
from shamcrowd.simulator.traffic.request_columns import ServedRequests
from shamcrowd.simulator.traffic.roster import Roster

if TYPE_CHECKING:
    from shamcrowd.simulator.traffic.slice_messages import SliceOrder

TOO_MANY = 429


class AccessGate:
    """A shard's gate.

    ``whose`` tells for each habit whether it is a campaign's (not 0), ``share`` what a throttle
    leaves of a rate limit.
    """

    def __init__(self, roster: Roster, whose: npt.NDArray[np.int64], share: float) -> None:
        self._roster = roster
        self._whose = whose
        self._share = share
        self._minute = np.empty(0, np.int64), np.empty(0, np.int32)

    def open_to(self, rows: RequestRows, talks: Conversations, order: SliceOrder) -> RequestRows:
        """Rows of accounts that are served: not stopped, and let in (again); campaigns' ones not
        banned.
        """
        roster, begin, end = self._roster, order.begin, order.end
        stop = roster.stop.take(talks.account)
        opened = roster.opened.take(talks.account)
        stop = np.minimum(stop, talks.ends)
        doubtful = (stop < end) | (opened > begin)
        banned = self._banned(begin, end)
        if banned is not None:
            banned = banned.take(talks.account) & (self._whose.take(talks.profile) != 0)
            doubtful |= banned
        if not doubtful.any():
            return rows
        some = np.flatnonzero(doubtful.take(rows.conversation))
        time, talk = rows.time.take(some), rows.conversation.take(some)
        lost = (time >= stop.take(talk)) | (time < opened.take(talk))
        if banned is not None:
            lost |= banned.take(talk) & self._shut(time, talks.account.take(talk))
        out = some[lost]
        if not len(out):
            return rows
        kept = np.ones(len(rows), np.bool_)
        kept[out] = False
        return rows.chosen(kept)

    def _banned(self, begin: int, end: int) -> npt.NDArray[np.bool_] | None:
        """Accounts with a ban in a slice; None if there is none."""
        hit = (self._roster.banned_from < end) & (self._roster.banned_until > begin)
        return hit if hit.any() else None

    def _shut(
        self, time: npt.NDArray[np.int64], account: npt.NDArray[np.int32]
    ) -> npt.NDArray[np.bool_]:
        roster = self._roster
        since, until = roster.banned_from.take(account), roster.banned_until.take(account)
        shut: npt.NDArray[np.bool_] = (since <= time) & (time < until)
        return shut

    def too_fast(
        self, rows: RequestRows, talks: Conversations, end: int
    ) -> tuple[npt.NDArray[np.bool_] | None, npt.NDArray[np.bool_]]:
        """Requests over the limit (None if there are none), and honest ones over a throttled one.

        Those of the last slice's last minute count.
        """
        account = talks.account.take(rows.conversation)
        before = len(self._minute[0])
        times = np.concatenate([self._minute[0], rows.time])
        accounts = np.concatenate([self._minute[1], account])
        recent = times >= end - MS_PER_MINUTE
        self._minute = times[recent], accounts[recent]
        over = over_limit(times, accounts, self._roster.limit)
        over = None if over is None else over[before:]
        slowed = self._slowed(times, accounts)[before:]
        ours = slowed & (self._whose.take(talks.profile).take(rows.conversation) != 0)
        if ours.any():
            over = ours if over is None else over | ours
        return over, slowed & ~ours

    def _slowed(
        self, times: npt.NDArray[np.int64], accounts: npt.NDArray[np.int32]
    ) -> npt.NDArray[np.bool_]:
        """Requests over the limit of an account that is throttled."""
        roster, found = self._roster, np.zeros(len(times), np.bool_)
        if not len(times):
            return found
        hit = (roster.slow_from <= times[-1]) & (roster.slow_until > times[0])
        if not hit.any():
            return found
        some = np.flatnonzero(hit.take(accounts))
        time, account = times.take(some), accounts.take(some)
        inside = (roster.slow_from.take(account) <= time) & (time < roster.slow_until.take(account))
        some = some[inside]
        low = np.maximum(roster.limit * self._share, 1).astype(np.int32)
        over = over_limit(time[inside], account[inside], low)
        if over is not None:
            found[some[over]] = True
        return found

    def hidden(
        self,
        served: ServedRequests,
        prices: npt.NDArray[np.float64],
        talks: Conversations,
        order: SliceOrder,
    ) -> ServedRequests:
        """Take out what bans and throttles take from honest accounts, and what it would cost.

        ``prices`` are US dollars a token by model: asked, answered.
        """
        banned = self._banned(order.begin, order.end)
        if banned is None and not served.slowed.any():
            return served
        # Campaigns' rows have been through `open_to`.
        out = np.zeros(len(served), np.bool_)
        if banned is not None:
            some = np.flatnonzero(banned.take(served.account))
            out[some] = self._shut(served.time.take(some), served.account.take(some))
        slow = served.slowed & ~out
        self._let_off(served, np.flatnonzero(out | slow), prices, talks)
        served.status[slow] = TOO_MANY
        served.output_tokens[slow] = 0
        return served.kept(~out)

    def _let_off(
        self,
        served: ServedRequests,
        some: npt.NDArray[np.intp],
        prices: npt.NDArray[np.float64],
        talks: Conversations,
    ) -> None:
        """Note what will not be charged."""
        roster = self._roster
        some = some[served.status.take(some) == 200]
        account = served.account.take(some)
        asked, answered = prices.take(talks.model.take(served.talk.take(some)), axis=1)
        cost = served.input_tokens.take(some) * asked + served.output_tokens.take(some) * answered
        cost[roster.plan.take(account) == TRIAL] = 0.0
        roster.free += np.bincount(account, weights=cost, minlength=len(roster))
