"""What a shard needs to know of the world."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shamcrowd.simulator.core.secret import Secret
from shamcrowd.simulator.core.time_zones import LocalHours
from shamcrowd.simulator.lifecycle.challenge import AppealHabit
from shamcrowd.simulator.shards.throttling import ThrottleTerms
from shamcrowd.simulator.supply.versions import ClientVersions
from shamcrowd.simulator.traffic.usage_profile import UsageProfile


@dataclass(frozen=True)
class ShardConfig:
    """What a shard needs to know besides orders. Times are ms since 1970.

    Attributes:
        seed: seed of the recording.
        world: name of the world's random streams.
        secret: what they are keyed with besides; None: nothing.
        start: start of the recording.
        end: end of the recording.
        slice_ms: length of a slice, ms.
        shards: number of shards.
        usage_profiles: all usage profiles of the world.
        local_hours: local time through the recording, by time zone.
        client_versions: releases of client software.
        models: names of the models, cheap to expensive.
        prices: US dollars per million input, output and cached tokens by model.
        reasoning: share of the accounts that let a model reason, by model.
        trial_credit: US dollars.
        trial_days: days after which it expires.
        limits: requests per minute by plan.
        faults: share of requests that fail with a server error outside outages.
        outages: mean number of outages in 30 days.
        slow_spells: mean number of slow spells in 30 days.
        overload_status: HTTP status of an overloaded platform.
        challenge_rate: share of a day's active accounts that are challenged.
        appeals: who appeals against suspensions, in the order of ``groups``.
        throttle: what a throttle leaves to an account.
        live: the recording is read while it is made (closed loop).
        groups: `LEGITIMATE` and the campaigns.
        operators: operator of each campaign, in the order of ``groups`` without the first.
        group_of_profile: index into ``groups`` for each usage profile.
        folder: folder of the recording.
    """

    seed: int
    world: str
    secret: Secret | None
    start: int
    end: int
    slice_ms: int
    shards: int
    usage_profiles: tuple[UsageProfile, ...]
    local_hours: LocalHours
    client_versions: ClientVersions
    models: tuple[str, ...]
    prices: tuple[tuple[float, float, float], ...]
    reasoning: tuple[float, ...]
    trial_credit: float
    trial_days: float
    limits: tuple[int, ...]
    faults: float
    outages: float
    slow_spells: float
    overload_status: int
    challenge_rate: float
    appeals: tuple[AppealHabit, ...]
    throttle: ThrottleTerms
    live: bool
    groups: tuple[str, ...]
    operators: tuple[int, ...]
    group_of_profile: tuple[int, ...]
    folder: Path
