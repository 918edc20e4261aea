"""The slices of a run: wait for every decision in one, let the shards play it, hear what came."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

import simpy

from shamcrowd.recording.days import day_stem
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.traffic.slice_messages import ShardResult, SliceOrder

if TYPE_CHECKING:
    from shamcrowd.simulator.world import World


class Clock:
    """Moves a world from slice to slice and writes its own activity day by day."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._written = world.start

    def run(self, progress: Callable[[float], None]) -> Generator[simpy.Event, Any, None]:
        """SimPy process: all slices, or those until the reviewer fails."""
        world, loop = self._world, self._world.loop
        length = world.scenario.slice
        # The first crowds sign up before anything else happens.
        yield world.env.timeout(0)
        for number in range((world.end - world.start) // length):
            if loop is not None:
                loop.tell(world.now)
            begun, world.slice_begins = world.slice_begins, world.env.event()
            begun.succeed(number)
            begin = world.now
            yield world.env.timeout(length)
            orders = self._orders(number, begin)
            world.shard_pool.begin(orders)
            # Written while the workers play; nothing of this slice is still to come from here.
            self._write_activity(number, day_ends=orders[0].day_ends)
            summaries = world.shard_pool.summaries()
            for summary in summaries:
                for name, (abusive, other) in summary.served.items():
                    world.campaigns[name].add_served(abusive, other)
                for loss in summary.losses:
                    world.campaigns[loss.group].lose(loss)
                for checks in summary.checks:
                    world.response_log.checks(checks)
            world.wallets.add_slice(summaries, begin)
            for name, campaign in world.campaigns.items():
                campaign.costs.add_slice(name, summaries, begin)
            if loop is not None:
                loop.played(summaries, world.now)
                if loop.fault is not None:
                    return
            progress((world.now - world.start) / (world.end - world.start))

    def _orders(self, number: int, begin: int) -> list[SliceOrder]:
        """What was decided in a slice; new orders are open for the next one."""
        world, shards = self._world, len(self._world.orders)
        quotas = {n: c.quotas(shards) for n, c in world.campaigns.items()}
        for shard, order in enumerate(world.orders):
            order.quotas = {name: each[shard] for name, each in quotas.items() if each}
            order.number, order.begin, order.end = number, begin, world.now
            order.day_ends = (world.now - world.start) % MS_PER_DAY == 0 or world.now == world.end
            order.levels = {
                n: c.tradecraft.effective_levels(c.levels, begin)
                for n, c in world.campaigns.items()
            }
        orders, world.orders = world.orders, [SliceOrder(0, 0, 0) for _ in range(shards)]
        return orders

    def _write_activity(self, number: int, *, day_ends: bool) -> None:
        """Write the world's own rows of a day; in the closed loop put down those of a slice."""
        world = self._world
        if not number:
            self._keep_activity("before", world.start)
        if day_ends:
            self._keep_activity(day_stem(world.now - 1), world.now)
        if world.loop is None:
            return
        if day_ends:
            world.loop.live.day_written()
        else:
            rows = world.activity.finalize(world.now)
            world.loop.live.activity(rows, number, len(world.orders))

    def _keep_activity(self, stem: str, end: int) -> None:
        world = self._world
        self._written = end
        rows = world.activity.until(end)
        world.wallets.add_activity(rows)
        world.shard_pool.keep_activity(rows, stem, len(world.orders))

    def close(self) -> list[ShardResult]:
        """Write what is left of the day, if the run ended within one; gives what shards report."""
        if self._written < self._world.now:
            self._keep_activity(day_stem(self._world.now - 1), self._world.now)
        return self._world.shard_pool.close(self._world.now)
