"""Decides which requests are served: stopped accounts, rate limits, bans and throttles.

Requests of a banned legitimate account are still generated and removed at the very end; its credit
and bills are corrected accordingly. So a ban changes no other account's random draws. Campaigns
notice bans: nothing is generated for their banned accounts, and requests under way are cut before
they count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_MINUTE, Millis
from shamcrowd.simulator.core.plans import TRIAL
from shamcrowd.simulator.platform.rate_limit import waits
from shamcrowd.simulator.shards.resending import Senders, Tried, resend
from shamcrowd.simulator.shards.throttling import ThrottleTerms, Throttling
from shamcrowd.simulator.traffic.answer_times import AnswerTimes
from shamcrowd.simulator.traffic.failures import retries
from shamcrowd.simulator.traffic.request_columns import ServedRequests, in_time_order
from shamcrowd.simulator.traffic.roster import Roster
from shamcrowd.simulator.traffic.traffic_rows import Conversations, RequestRows
from shamcrowd.simulator.traffic.usage_profile import BATCH

if TYPE_CHECKING:
    from shamcrowd.simulator.traffic.slice_messages import SliceOrder


class AccessGate:
    """The access rules of one shard.

    Args:
        roster: the shard's accounts.
        group_of_profile: for each usage profile, the group it belongs to; 0: legitimate accounts.
        throttle: what a throttle leaves to an account.
        times: durations of answers and refusals.
        retry_key: key of what says how often clients try again.
    """

    def __init__(
        self,
        roster: Roster,
        group_of_profile: npt.NDArray[np.int64],
        throttle: ThrottleTerms,
        times: AnswerTimes,
        retry_key: int,
    ) -> None:
        self._tried = Tried()
        self._roster = roster
        self._retry_key = retry_key
        self._times = times
        self._group_of_profile = group_of_profile
        self._status = throttle.status
        self._throttling = Throttling(throttle)
        self._minute = np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.bool_)

    def admitted(
        self, rows: RequestRows, conversations: Conversations, order: SliceOrder
    ) -> RequestRows:
        """Return rows of accounts that are served: opened, not stopped, no banned sham account."""
        roster, begin, end = self._roster, order.begin, order.end
        stop = roster.served_until.take(conversations.account)
        opened = roster.opened.take(conversations.account)
        stop = np.minimum(stop, conversations.ends)
        doubtful = (stop < end) | (opened > begin)
        banned = self._banned(begin, end)
        if banned is not None:
            banned = banned.take(conversations.account) & (
                self._group_of_profile.take(conversations.profile) != 0
            )
            doubtful |= banned
        if not doubtful.any():
            return rows
        some = np.flatnonzero(doubtful.take(rows.conversation))
        time, conversation = rows.time.take(some), rows.conversation.take(some)
        lost = (time >= stop.take(conversation)) | (time < opened.take(conversation))
        if banned is not None:
            lost |= banned.take(conversation) & self._roster.banned(
                conversations.account.take(conversation), time
            )
        out = some[lost]
        if not len(out):
            return rows
        kept = np.ones(len(rows), np.bool_)
        kept[out] = False
        return rows.chosen(kept)

    def _banned(self, begin: int, end: int) -> npt.NDArray[np.bool_] | None:
        """Mask of accounts with a ban in the slice; None if there is none."""
        hit = (self._roster.banned_from < end) & (self._roster.banned_until > begin)
        return hit if hit.any() else None

    def over_limits(
        self, rows: RequestRows, conversations: Conversations, end: int
    ) -> tuple[npt.NDArray[np.int32] | None, npt.NDArray[np.int16]]:
        """Find requests over a rate limit, counting the last minute of the previous slice.

        Batches have limits of their own, which nobody reaches here; a throttle slows them, too.

        Returns:
            How long requests over their plan's limit should wait, ms, 0 for others (None if there
            are none over it), and the status with which those beyond what a throttle leaves are
            refused, or 0; each of shape (n,).
        """
        account, is_batch = self._about(rows, conversations)
        over = self._waits(rows.time, account, is_batch)
        slowed = self._slowed(self._minute[:2], rows, account, is_batch)
        times, accounts, batch = (
            np.concatenate([self._minute[0], rows.time]),
            np.concatenate([self._minute[1], account]),
            np.concatenate([self._minute[2], is_batch]),
        )
        recent = np.flatnonzero(times >= end - MS_PER_MINUTE)
        self._minute = times.take(recent), accounts.take(recent), batch.take(recent)
        return over, np.where(slowed, self._status, 0).astype(np.int16)

    @staticmethod
    def _about(
        rows: RequestRows, conversations: Conversations
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
        """Account of each request, and whether it is of a batch."""
        account = conversations.account.take(rows.conversation)
        return account, (conversations.endpoint == BATCH).take(rows.conversation)

    def sent_again(
        self,
        rows: RequestRows,
        late: RequestRows,
        conversations: Conversations,
        order: SliceOrder,
        number: Callable[[RequestRows, Conversations], None],
    ) -> tuple[RequestRows, RequestRows]:
        """Let clients send again what is over a rate limit; see `resend`.

        Args:
            rows: n requests in order of time; those of these accounts may be held up, in place.
            late: requests of later slices, which may be held up, too.
            conversations: the conversations of both.
            order: the slice.
            number: gives requests that are sent again ids of their own.

        Returns:
            The slice's requests in order of time, and the later ones.
        """
        account, is_batch = self._about(rows, conversations)
        over = self._waits(rows.time, account, is_batch)
        if over is not None:
            hot = np.zeros(len(self._roster), np.bool_)
            hot[account[over > 0]] = True
            accounts = account, self._about(late, conversations)[0]
            now, then = (np.flatnonzero(hot.take(each)) for each in accounts)
            own = RequestRows.stacked([rows.chosen(now), late.chosen(then)])
            whose, batch = self._about(own, conversations)
            most = retries(self._roster.account.take(whose), self._retry_key)
            again, tried = resend(
                own,
                Senders(whose, most, self._tried.of(own.request)),
                lambda time, of: self._waits(time, whose.take(of), batch.take(of)),
                order.end,
            )
            number(again, conversations)
            self._tried.add(again.request, tried)
            rows.time[now], late.time[then] = own.time[: len(now)], own.time[len(now) :]
            together = RequestRows.stacked([rows, again])
            rows, more = in_time_order(together, order.begin, order.end)
            rows = self.admitted(rows, conversations, order)
            late = RequestRows.stacked([late, more])
        self._tried.keep(late.request)
        return rows, late

    def _waits(
        self, time: Millis, account: npt.NDArray[np.int32], batch: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.int32] | None:
        """How long n requests (ascending in time) must wait by the limit of their plan, ms.

        Shape (n,), 0 if they need not; None if no request has to. The minute before counts.
        """
        earlier = np.flatnonzero(~self._minute[2])
        some = np.flatnonzero(~batch)
        found = waits(
            np.concatenate([self._minute[0].take(earlier), time.take(some)]),
            np.concatenate([self._minute[1].take(earlier), account.take(some)]),
            self._roster.limit,
        )
        if found is None:
            return None
        over = np.zeros(len(time), np.int32)
        over[some] = found[len(earlier) :]
        return over if over.any() else None

    def _slowed(
        self,
        minute: tuple[Millis, npt.NDArray[np.int32]],
        rows: RequestRows,
        account: npt.NDArray[np.int32],
        batch: npt.NDArray[np.bool_],
    ) -> npt.NDArray[np.bool_]:
        """Mask of requests beyond what a throttle leaves; ``minute``: those of the last minute."""
        found = np.zeros(len(rows), np.bool_)
        some = self._throttled(rows.time, account)
        if not len(some):
            return found
        earlier = self._throttled(*minute)
        time = rows.time.take(some)
        # Results of batches come hours later; nobody waits for them.
        took = np.where(batch.take(some), 1, np.maximum(rows.duration.take(some), 1))
        found[some] = self._throttling.exceeding(
            (minute[0].take(earlier), minute[1].take(earlier)),
            (time, account.take(some)), time + took, self._roster.limit,
        )  # fmt: skip
        return found

    def _throttled(self, time: Millis, account: npt.NDArray[np.int32]) -> npt.NDArray[np.intp]:
        """Which requests come from accounts that are throttled then; ``time`` ascends."""
        roster = self._roster
        if not len(time):
            return np.empty(0, np.intp)
        hit = (roster.slow_from <= time[-1]) & (roster.slow_until > time[0])
        if not hit.any():
            return np.empty(0, np.intp)
        some = np.flatnonzero(hit.take(account))
        when, who = time.take(some), account.take(some)
        inside = (roster.slow_from.take(who) <= when) & (when < roster.slow_until.take(who))
        throttled: npt.NDArray[np.intp] = some[inside]
        return throttled

    def refuse_campaigns(self, served: ServedRequests, conversations: Conversations) -> None:
        """Refuse what throttles and levers keep campaigns from; legitimate accounts come last.

        Args:
            served: n requests; changed in place.
            conversations: their conversations.
        """
        if not served.refusal.any():
            return
        group = self._group_of_profile.take(conversations.profile).take(served.conversation)
        sham = (served.refusal > 0) & (group != 0)
        served.refuse(sham, self._times, served.refusal)
        served.refusal[sham] = 0

    def without_restricted(
        self,
        served: ServedRequests,
        prices: npt.NDArray[np.float64],
        conversations: Conversations,
        order: SliceOrder,
    ) -> ServedRequests:
        """Remove what bans, throttles and levers take from legitimate accounts, and its cost.

        Args:
            served: n requests; status and output of throttled ones are changed in place.
            prices: US dollars per input, output and cached token by model, shape (3, models).
            conversations: their conversations.
            order: the slice.
        """
        banned = self._banned(order.begin, order.end)
        if banned is None and not served.refusal.any():
            return served
        # Rows of campaigns were filtered by `admitted`.
        out = np.zeros(len(served), np.bool_)
        if banned is not None:
            some = np.flatnonzero(banned.take(served.account))
            out[some] = self._roster.banned(served.account.take(some), served.time.take(some))
        slow = (served.refusal > 0) & ~out
        self._waive_charges(served, np.flatnonzero(out | slow), prices, conversations)
        served.refuse(slow, self._times, served.refusal)
        return served.kept(~out)

    def _waive_charges(
        self,
        served: ServedRequests,
        some: npt.NDArray[np.intp],
        prices: npt.NDArray[np.float64],
        conversations: Conversations,
    ) -> None:
        """Record usage that will not be charged."""
        roster = self._roster
        some = some[served.status.take(some) == 200]
        account = served.account.take(some)
        cost = served.cost(some, conversations, prices)
        cost[roster.plan.take(account) == TRIAL] = 0.0
        roster.free += np.bincount(account, weights=cost, minlength=len(roster))
