"""L2 of the threat model: developers whose agents work for them by day and by night."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.simulator.lifecycle.life_parameters import DEVELOPER
from shamcrowd.simulator.lifecycle.retention import PROFESSIONAL, Retention
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.traffic.usage_profile import OFFICE, Lognormal, UsageProfile

_TOPICS = {
    "software-engineering": 10,
    "agentic-tools": 5,
    "data-analysis": 2,
    "reasoning": 1.5,
    "research": 1,
    "extraction": 0.7,
    "writing": 0.5,
    "evaluation": 0.4,
}

AGENT = UsageProfile(
    # Recorded agent sessions: mean 65 calls, 17 s from one to the next (realism notes), tools and
    # answers included. Helpers work at the same time, each in a conversation of its own, and most
    # answers are short calls of tools (assumed).
    requests=Lognormal(32, 1.2, 800),
    turns=4,
    gap=Lognormal(3, 2.5, 1200),
    pause=Lognormal(1, 3.0, 3600),
    prompt=Lognormal(2600, 0.45),
    answer=Lognormal(120, 1.3),
    growth=0.5,
    hours=OFFICE,
    weekend=0.4,
    active_share=0.75,
    active_days=4.5,
    topics=_TOPICS,
    favourite_share=0.6,
    models=(0.1, 0.4, 0.5),
    endpoint=(0.97, 0.03, 0.0),
    log_ins=0.03,
    # Agents send tools and instructions with every prompt, and mark them for the cache (assumed).
    streams=0.9,
    caches=0.95,
    prefix=0.8,
)


class Agentic(Population):
    """Agent-heavy developers: 200 to 5,000 requests a day in parallel sessions, some around the
    clock.
    """

    source: ClassVar[str] = "threat model L2"
    looks_like_abuse: ClassVar[str] = "activity day and night, thousands of requests"
    retention: ClassVar[Retention] = PROFESSIONAL
    served: ClassVar[float] = 0.65
    example: ClassVar[Mapping[str, Any]] = {"accounts": 8}
    life_parameters = DEVELOPER

    sessions: float = Field(
        default=5.0,
        gt=0,
        le=200,
        description="Median agent sessions a day. Source: threat model L2 (200 to 5,000 requests "
        "a day, 1 to 10 sessions in parallel); the median is assumed.",
    )
    sleepless: float = Field(
        default=0.15,
        ge=0,
        le=1,
        description="Share whose agents run around the clock. Source: threat model L2 says "
        "some; the share is assumed.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Agents by day, agents around the clock, and occasional chat."""
        from dataclasses import replace

        from shamcrowd.simulator.traffic.usage_profile import STEADY

        return (AGENT, replace(AGENT, hours=STEADY, weekend=0.9, active_share=0.9), CHAT)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """Home or hosted workspace, paying; hosted workspaces also send from a data centre."""
        enrolment.assign_home_addresses(batch)
        hosted = enrolment.supply.addresses.take(
            enrolment.owner.addresses, enrolment.rng, batch.country, "hosting"
        )
        batch.own_addresses([batch.address_list[batch.slot], hosted])
        enrolment.assign_personal_resources(batch)
        enrolment.assign_plans(batch, trial=0.7, subscription=0.4, converts=0.45)
        sleepless = enrolment.rng.random(len(batch)) < self.sleepless
        rate = (self.sessions, 0.9)
        enrolment.assign_workload(
            batch, 0, rate, "developers", who=np.flatnonzero(~sleepless), at_most=60
        )
        enrolment.assign_workload(
            batch, 1, rate, "developers", who=np.flatnonzero(sleepless), at_most=60
        )
        enrolment.assign_workload(batch, 2, (0.3, 0.8), "people", at_most=10)
