"""L12 of the threat model: academic evaluation and authorised red teams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.simulator.core.plans import PAY_AS_YOU_GO, SUBSCRIPTION, TRIAL
from shamcrowd.simulator.lifecycle.life_parameters import TEAM
from shamcrowd.simulator.lifecycle.retention import PROFESSIONAL, Retention
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.classroom import TASK
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.supply.mailboxes import own_domains
from shamcrowd.simulator.traffic.usage_profile import STEADY, Lognormal, UsageProfile

SWEEP = UsageProfile(
    requests=Lognormal(90, 1.0, 3000),
    turns=1.2,
    gap=Lognormal(1.5, 1.2, 120),
    pause=Lognormal(2.5, 1.1, 300),
    prompt=Lognormal(900, 0.7),
    answer=Lognormal(700, 0.9),
    prompt_spread=0.6,
    answer_spread=0.6,
    growth=0.3,
    speed_sigma=0.5,
    hours=STEADY,
    weekend=0.7,
    active_share=0.55,
    active_days=3,
    topics={
        "reasoning": 5,
        "evaluation": 5,
        "mathematics": 3,
        "safety": 2,
        "research": 2,
        "software-engineering": 2,
        "translation": 1,
    },
    favourite_share=0.5,
    models=(0.3, 0.35, 0.35),
    endpoint=(0.8, 0.2, 0.0),
    prompt_variation=2,
    log_ins=0.02,
    # One script starts sweeps on several accounts at the same time.
    clock_period=600,
    clock_jitter=45,
    streams=0.15,
    prefix=0.6,
)
RED_TEAM = replace(
    SWEEP,
    requests=Lognormal(40, 0.9, 800),
    turns=4.0,
    gap=Lognormal(16, 1.2, 900),
    pause=Lognormal(20, 1.0, 900),
    hours=TASK.hours,
    topics={"safety": 7, "roleplay": 2, "reasoning": 2, "evaluation": 2},
    prompt_variation=4,
    clock_period=0,
    clock_jitter=0.0,
)


AT_HOME_NAMED = 0.4
"""Share of labs without a campus network whose members have mailboxes at one domain (assumed)."""


class Evaluators(Population):
    """Evaluators: reasoning and grading prompts, several accounts per lab, policy flags."""

    source: ClassVar[str] = "threat model L12"
    looks_like_abuse: ClassVar[str] = (
        "reasoning and grading prompts on templates, synchronised activity, policy flags"
    )
    circle: ClassVar[str] = "benchmarks"
    retention: ClassVar[Retention] = PROFESSIONAL
    served: ClassVar[float] = 0.8
    example: ClassVar[Mapping[str, Any]] = {"accounts": 10}
    life_parameters = TEAM

    lab: int = Field(default=5, ge=1, le=100, description="Mean accounts per lab. Source: assumed.")
    sweeps: float = Field(
        default=0.5, gt=0, le=50, description="Median sweeps per day. Source: assumed."
    )
    red_team: float = Field(
        default=0.3,
        ge=0,
        le=1,
        description="Share of labs that run authorised safety tests instead. Source: assumed.",
    )

    at_home: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Share of labs without a campus network: members at home or independent. "
        "Source: assumed.",
    )

    impostor_parameters: ClassVar = {"at_home": 1.0}

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Benchmark sweeps, and commissioned attacks."""
        return (SWEEP, RED_TEAM)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """Accounts of a lab share its campus address, server, payment card and prompts."""
        rng, owner, supply, count = enrolment.rng, enrolment.owner, enrolment.supply, len(batch)
        labs = max(round(count / self.lab), 1)
        lab = rng.integers(labs, size=count)
        batch.place = batch.place[lab]
        seat = batch.country[np.arange(labs)]
        block = rng.integers(4096, size=labs)
        primary = supply.addresses.take(owner.addresses, rng, seat, "campus", block)
        homes = np.flatnonzero(rng.random(labs) < self.at_home)
        primary[homes] = supply.addresses.take(owner.addresses, rng, seat[homes], "residential")
        server = supply.addresses.take(owner.addresses, rng, seat, "hosting", block)
        batch.own_addresses([server[lab], primary[lab]])
        enrolment.assign_personal_resources(batch)
        domains = np.array(own_domains(rng, labs), object)
        named = np.ones(labs, np.bool_)
        named[homes] = rng.random(len(homes)) < AT_HOME_NAMED
        at = np.flatnonzero(named[lab])
        batch.mailbox[at] = supply.mailboxes.at_domain(
            owner.mailboxes, batch.names.chosen(at), domains[lab[at]]
        )
        shared = rng.random(count) < 0.4
        machine = supply.devices.take(owner.devices, rng, batch.locale[np.arange(labs)])
        batch.device[shared] = machine[lab[shared]]
        batch.card = supply.cards.take(owner.cards, rng, seat)[lab]
        luck = rng.random(count)
        batch.plan = np.where(
            luck < 0.4, TRIAL, np.where(luck < 0.6, SUBSCRIPTION, PAY_AS_YOU_GO)
        ).astype(np.int8)
        batch.adds_card = rng.random(count) < 0.5
        red = (rng.random(labs) < self.red_team)[lab]
        families = enrolment.shared_infrastructure.prompt_families(rng, self.circle, labs)[lab]
        for number, own in ((0, ~red), (1, red)):
            enrolment.assign_workload(
                batch,
                number,
                (self.sweeps, 0.8),
                "services",
                who=np.flatnonzero(own),
                families=families[own],
                templates=rng.integers(6, 60, size=labs)[lab[own]],
                at_most=10,
            )
