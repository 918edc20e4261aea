"""Customers of a cloud who buy the platform's models in the cloud's marketplace.

Their projects and keys are all that the platform sees of them (see `cloud_projects`). Nothing is
published about how many accounts come this way or what they do: counts and rates are assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.simulator.lifecycle.life_parameters import SERVICE
from shamcrowd.simulator.lifecycle.retention import CONTRACT, Retention
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.casual import READING
from shamcrowd.simulator.populations.common.cloud_projects import (
    GATEWAY,
    customers_of,
    open_as_projects,
)
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.traffic.usage_profile import OFFICE, STEADY, Lognormal, UsageProfile

APPLICATION = UsageProfile(
    requests=Lognormal(5, 1.0, 200),
    turns=2.6,
    gap=Lognormal(30, 1.5, 3600),
    reading=READING,
    pause=Lognormal(160, 1.2, 7200),
    prompt=Lognormal(900, 0.8),
    answer=Lognormal(300, 0.9),
    prompt_spread=0.8,
    growth=0.7,
    hours=OFFICE,
    weekend=0.3,
    active_share=0.7,
    active_days=4,
    topics={
        "customer-support": 4, "summaries": 4, "data-analysis": 4, "software-engineering": 5,
        "extraction": 3, "writing": 3, "search": 3, "classification": 2, "finance": 2,
        "translation": 2, "reasoning": 1, "research": 1, "mathematics": 0.5,
    },
    favourite_share=0.5,
    models=(0.35, 0.4, 0.25),
    prompt_variation=4,
    log_ins=0.02,
)  # fmt: skip
"""An application of a firm, used by its people or customers (assumed)."""
PIPELINE = UsageProfile(
    requests=Lognormal(30, 1.2, 2000),
    turns=1.0,
    # Bursts, as of batch jobs (threat model L6: coefficients of variation of 2 to 8).
    gap=Lognormal(3, 1.6, 600),
    pause=Lognormal(3, 1.6, 600),
    prompt=Lognormal(1300, 0.8),
    answer=Lognormal(350, 0.9),
    prompt_spread=0.8,
    hours=STEADY,
    weekend=0.7,
    active_share=0.5,
    active_days=2,
    topics={
        "extraction": 5, "classification": 4, "summaries": 4, "data-analysis": 4, "research": 2,
        "translation": 2, "evaluation": 1, "software-engineering": 3, "reasoning": 1,
        "mathematics": 0.5,
    },
    favourite_share=0.7,
    models=(0.45, 0.35, 0.2),
    prompt_variation=2,
    log_ins=0.0,
)  # fmt: skip
"""A pipeline that works through documents or records (assumed)."""


class Marketplace(Population):
    """Projects that come through a cloud's marketplace: no client address, no card, no browser."""

    source: ClassVar[str] = "world-2026 B2 (an inference); counts assumed"
    looks_like_abuse: ClassVar[str] = (
        "nothing known but a project and a key, behind one gateway and few networks"
    )
    circle: ClassVar[str] = "cloud-projects"
    retention: ClassVar[Retention] = CONTRACT
    example: ClassVar[Mapping[str, Any]] = {"accounts": 60}
    life_parameters = SERVICE

    projects: float = Field(
        default=2.5,
        ge=1,
        le=100,
        description="Mean projects of a customer. Source: assumed.",
    )
    sessions: float = Field(
        default=2.0,
        gt=0,
        le=100,
        description="Median sessions of an application per day. Source: assumed.",
    )
    pipelines: float = Field(
        default=0.35,
        ge=0,
        le=1,
        description="Share of projects that are pipelines; the others are applications. Source: "
        "assumed.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Applications, and pipelines."""
        return (APPLICATION, PIPELINE)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """Projects of customers, seen through the cloud's gateway."""
        rng, count = enrolment.rng, len(batch)
        customer = customers_of(rng, count, self.projects)
        batch.own_addresses([np.full(count, -1, np.int64)])
        open_as_projects(rng, enrolment.supply, enrolment.owner, batch, np.arange(count), customer)
        piped = rng.random(count) < self.pipelines
        common = enrolment.shared_infrastructure
        for number, some, rate, many in (
            (0, ~piped, (self.sessions, 1.3), (6, 120)),
            (1, piped, (1.0, 0.9), (1, 12)),
        ):
            who = np.flatnonzero(some)
            enrolment.assign_workload(
                batch,
                number,
                rate,
                GATEWAY,
                who=who,
                families=common.prompt_families(rng, self.circle, len(who)),
                templates=rng.integers(*many, size=len(who)),
                at_most=100,
            )
