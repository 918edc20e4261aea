"""L6 of the threat model: scheduled jobs, pipelines and evaluations that use prompt templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.simulator.core.plans import ENTERPRISE, PAY_AS_YOU_GO, TRIAL
from shamcrowd.simulator.lifecycle.life_parameters import SERVICE
from shamcrowd.simulator.lifecycle.retention import CONTRACT, Retention
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.supply.mailboxes import own_domains
from shamcrowd.simulator.traffic.usage_profile import STEADY, Lognormal, UsageProfile

JOB = UsageProfile(
    # The threat model gives bursts of 1,000 to 100,000; the median job is smaller (assumed).
    requests=Lognormal(120, 1.5, 8000),
    turns=1.15,
    gap=Lognormal(0.5, 1.1, 60),
    # Several workers: the next request does not wait for the answer. Together they send rather
    # evenly: 28 to 43 % of the windows of real clients have a CV over 1.5 (ServeGen; see C4).
    pause=Lognormal(0.5, 1.1, 300),
    prompt=Lognormal(900, 0.5),
    answer=Lognormal(110, 0.7),
    prompt_spread=1.1,
    answer_spread=0.9,
    growth=0.1,
    speed_sigma=0.9,
    hours=STEADY,
    weekend=0.6,
    active_share=0.65,
    active_days=6.0,
    topics={
        "extraction": 5,
        "classification": 5,
        "summaries": 3,
        "evaluation": 3,
        "translation": 2,
        "data-analysis": 2,
        "search": 2,
        "customer-support": 2,
        "reasoning": 1,
        "software-engineering": 1,
    },
    favourite_share=0.9,
    models=(0.6, 0.35, 0.05),
    endpoint=(0.55, 0.35, 0.10),
    prompt_variation=2,
    log_ins=0.01,
    # Single requests with the same instructions: 97 % of what programs find in a cache
    # (arXiv 2506.02634).
    streams=0.05,
    caches=0.9,
    prefix=0.8,
)

TRIES = 0.6
"""Share of the accounts without a contract that start on trial credit (assumed)."""


class Batch(Population):
    """Pipelines and evaluations: bursts of templated requests from data centres."""

    source: ClassVar[str] = "threat model L6"
    looks_like_abuse: ClassVar[str] = "prompt templates, data-centre addresses, bursts"
    circle: ClassVar[str] = "frameworks"
    retention: ClassVar[Retention] = CONTRACT
    served: ClassVar[float] = 0.78
    example: ClassVar[Mapping[str, Any]] = {"accounts": 4}
    life_parameters = SERVICE

    jobs: float = Field(
        default=0.8,
        gt=0,
        le=100,
        description="Median jobs per day. Source: assumed; threat model L6 gives 1,000 to 100,000 "
        "requests per burst.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Jobs at any time of day."""
        return (JOB,)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """Hosted machines with three addresses, a company mailbox, and a company card or an
        invoice.
        """
        rng, owner, supply, count = enrolment.rng, enrolment.owner, enrolment.supply, len(batch)
        block = rng.integers(4096, size=count)
        batch.own_addresses(
            [
                supply.addresses.take(owner.addresses, rng, batch.country, "hosting", block)
                for _ in range(3)
            ]
        )
        domains = np.array(own_domains(rng, count), object)
        batch.mailbox = supply.mailboxes.at_domain(owner.mailboxes, batch.names, domains)
        batch.device = supply.devices.take(owner.devices, rng, batch.locale)
        batch.phone = supply.phones.take(owner.phones, rng, batch.country)
        batch.phone[rng.random(count) < 0.5] = -1
        large = rng.random(count) < 0.25
        # Many pipelines are tried out on trial credit, which a few jobs use up.
        tries = np.where(rng.random(count) < TRIES, TRIAL, PAY_AS_YOU_GO)
        batch.plan = np.where(large, ENTERPRISE, tries).astype(np.int8)
        batch.adds_card = rng.random(count) < 0.5
        card = supply.cards.take(owner.cards, rng, batch.country)
        batch.card = np.where(large, -1, card)
        batch.organisation[large] = owner.organisations.take(int(large.sum()))
        batch.challenge_success = np.full(count, 0.98, np.float32)
        enrolment.assign_workload(
            batch,
            0,
            (self.jobs, 0.8),
            "services",
            families=enrolment.shared_infrastructure.prompt_families(rng, self.circle, count),
            templates=rng.integers(1, 9, size=count),
            at_most=30,
        )
