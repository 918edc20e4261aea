"""Puts together what draws the requests of one shard."""

from __future__ import annotations

from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.shards.shard_config import ShardConfig
from shamcrowd.simulator.traffic.account_group import AccountGroup
from shamcrowd.simulator.traffic.answer_times import AnswerTimes
from shamcrowd.simulator.traffic.draw import Draw
from shamcrowd.simulator.traffic.failures import Failures
from shamcrowd.simulator.traffic.load import Load, draw_slow_spells
from shamcrowd.simulator.traffic.outages import FailingShares, draw_outages
from shamcrowd.simulator.traffic.profile_tables import ProfileTables


def make_draw(
    config: ShardConfig, tables: ProfileTables, streams: Streams, times: AnswerTimes
) -> Draw:
    """Return the sampling kernel; every shard has the same outages and the same load."""
    models, start, end = len(config.models), config.start, config.end
    slow = draw_slow_spells(streams, start, end, models, config.slow_spells)
    outages = [*draw_outages(streams, start, end, models, config.outages), *slow]
    failing = FailingShares(outages, start, end, models)
    return Draw(
        tables, streams, Ids(streams, "client"), times,
        Failures(config.faults, failing, times, config.overload_status),
        Load(streams, outages, start, end, models), config.reasoning,
    )  # fmt: skip


def make_groups(
    config: ShardConfig, number: int, tables: ProfileTables, streams: Streams
) -> dict[str, AccountGroup]:
    """Return the groups of shard ``number``: the legitimate accounts, and each campaign's.

    Sessions, conversations and requests are numbered apart for each shard, for legitimate accounts
    and for each operator.
    """
    operators = max(config.operators, default=0) + 1
    of = config.shards * operators
    sham = [_counters(number * operators + n, of, campaign=True) for n in range(operators)]
    honest = _counters(number, config.shards, campaign=False)
    counters = [honest, *(sham[n] for n in config.operators)]
    return {
        name: AccountGroup(name, tables, streams, number, own)
        for name, own in zip(config.groups, counters, strict=True)
    }


def _counters(number: int, of: int, *, campaign: bool) -> tuple[Counter, ...]:
    """Of sessions, conversations, requests and requests that are sent again."""
    return tuple(
        Counter(number, of, campaign=campaign, from_top=top) for top in (False, False, False, True)
    )
