"""The slices of a run: collect the decisions of one, let the shards play it, report the results."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Any

import numpy as np
import simpy

from shamcrowd.recording.days import day_stem
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.campaigns.active_campaign import ActiveCampaign
from shamcrowd.simulator.campaigns.economics.wallet import Wallets
from shamcrowd.simulator.context import Context
from shamcrowd.simulator.response.response_log import ResponseLog
from shamcrowd.simulator.response.response_loop import ResponseLoop
from shamcrowd.simulator.shards.shard_pool import ShardPool
from shamcrowd.simulator.traffic.slice_messages import (
    REINSTATED,
    Loss,
    ShardResult,
    SliceOrder,
    SliceSummary,
)


class SliceLoop:
    """Moves a run from slice to slice and writes the account activity day by day."""

    def __init__(
        self,
        context: Context,
        campaigns: Mapping[str, ActiveCampaign],
        shard_pool: ShardPool,
        wallets: Wallets,
        response_log: ResponseLog,
        loop: ResponseLoop | None,
    ) -> None:
        self._context = context
        self._campaigns = campaigns
        self._shard_pool = shard_pool
        self._wallets = wallets
        self._response_log = response_log
        self._loop = loop
        self._shards = context.dispatcher.layout.shards
        self._written = context.start
        self._unread: list[Loss] = []
        """What campaigns will learn of their accounts once it has happened."""

    def run(self, progress: Callable[[float], None]) -> Generator[simpy.Event, Any, None]:
        """SimPy process: all slices, or those until the reviewer fails.

        ``progress`` is called after each slice with the share done, 0 to 1.
        """
        context, clock, loop = self._context, self._context.clock, self._loop
        length = context.end - context.start
        # The first accounts sign up before anything else happens.
        yield clock.wait(0)
        for number in range(length // context.slice_ms):
            if loop is not None:
                loop.notify_campaigns(context.now)
            clock.begin_slice(number)
            begin = context.now
            yield clock.wait(context.slice_ms)
            if loop is not None:
                loop.decide(begin, context.now)
            orders = self._orders(number, begin)
            self._shard_pool.begin(orders)
            # WrittenFile while the workers play; no more rows of this slice come from here.
            self._write_activity(number, day_ends=orders[0].day_ends)
            summaries = self._shard_pool.summaries()
            self._report(summaries, begin)
            if loop is not None:
                loop.process_slice(summaries, context.now)
                if loop.fault is not None:
                    return
            progress((context.now - context.start) / length)

    def _report(self, summaries: list[SliceSummary], begin: int) -> None:
        """Pass on what the shards report of the slice that began at ``begin`` (ms)."""
        used = [summary.places for summary in summaries if summary.places is not None]
        self._context.supply.leases.use(
            np.concatenate([handles for handles, _ in used]),
            np.concatenate([times for _, times in used]),
        )
        for summary in summaries:
            for name, (abusive, other) in summary.served.items():
                self._campaigns[name].requests.add_served(abusive, other)
            self._unread += summary.losses
            self._see(summary.refusals)
            self._context.activity.bans.add_checks(summary.checks)
            for checks in summary.checks:
                self._response_log.checks(checks)
        self._tell()
        self._wallets.add_slice(summaries, begin)
        for name, campaign in self._campaigns.items():
            campaign.costs.add_slice(name, summaries, begin)

    def _see(self, refusals: list[Loss]) -> None:
        """Let campaigns see which of their requests were refused."""
        for loss in refusals:
            self._campaigns[loss.group].see(loss)

    def _tell(self) -> None:
        """Let campaigns learn of what has happened to their accounts by now."""
        now = self._context.now
        due = [loss for loss in self._unread if loss.time <= now]
        self._unread = [loss for loss in self._unread if loss.time > now]
        for loss in due:
            campaign = self._campaigns[loss.group]
            if loss.cause == REINSTATED:
                campaign.reinstate(loss.handle)
            else:
                campaign.lose(loss)

    def _orders(self, number: int, begin: int) -> list[SliceOrder]:
        """What was decided in slice ``number``, which began at ``begin`` (ms)."""
        context, campaigns = self._context, self._campaigns
        quotas = {n: c.requests.quotas(self._shards) for n, c in campaigns.items()}
        for name, campaign in campaigns.items():
            context.dispatcher.hold_back(name, *campaign.requests.shares())
        orders = context.dispatcher.take_orders()
        moves = context.supply.leases.due(begin)
        levers = {} if self._loop is None else self._loop.levers.in_force(begin, context.now)
        for shard, order in enumerate(orders):
            order.quotas = {name: each[shard] for name, each in quotas.items() if each}
            order.number, order.begin, order.end = number, begin, context.now
            order.moves, order.levers = moves, levers
            passed = context.now - context.start
            order.day_ends = passed % MS_PER_DAY == 0 or context.now == context.end
            order.levels = {
                n: c.tradecraft.effective_levels(c.levels, begin) for n, c in campaigns.items()
            }
        return orders

    def _write_activity(self, number: int, *, day_ends: bool) -> None:
        """Write the activity of a day when it ends; in the closed loop also that of each slice."""
        now = self._context.now
        if not number:
            self._keep_activity("before", self._context.start)
        if day_ends:
            self._keep_activity(day_stem(now - 1), now)
        if self._loop is None:
            return
        if day_ends:
            self._loop.live.day_written()
        else:
            rows = self._context.activity.finalize(now)
            self._loop.live.activity(rows, number, self._shards)

    def _keep_activity(self, stem: str, end: int) -> None:
        self._written = end
        rows = self._context.activity.until(end)
        self._wallets.add_activity(rows)
        self._shard_pool.keep_activity(rows, stem, self._shards)

    def close(self) -> list[ShardResult]:
        """Write the rest of the day if the run ended within one; return the shards' results."""
        now = self._context.now
        if self._written < now:
            self._keep_activity(day_stem(now - 1), now)
        return self._shard_pool.close(now)
