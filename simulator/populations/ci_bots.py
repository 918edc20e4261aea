"""L7 of the threat model: build machines that call a model on every push and every night."""

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
from shamcrowd.simulator.traffic.usage_profile import OFFICE, Lognormal, UsageProfile

_TOPICS = {"software-engineering": 8, "agentic-tools": 3, "summaries": 1, "extraction": 0.5}

PUSH = UsageProfile(
    requests=Lognormal(9, 0.8, 200),
    turns=4,
    gap=Lognormal(2, 1.4, 300),
    pause=Lognormal(12, 1.3, 900),
    prompt=Lognormal(2600, 0.6),
    answer=Lognormal(320, 0.9),
    growth=0.5,
    hours=OFFICE,
    weekend=0.2,
    active_share=0.7,
    active_days=4,
    topics=_TOPICS,
    favourite_share=0.8,
    models=(0.4, 0.45, 0.15),
    prompt_variation=3,
    log_ins=0.01,
    streams=0.2,
    prefix=0.7,
)
NIGHTLY = UsageProfile(
    requests=Lognormal(22, 0.7, 400),
    turns=1.6,
    gap=Lognormal(0.8, 1.3, 120),
    pause=Lognormal(2, 1.2, 120),
    prompt=Lognormal(2400, 0.4),
    answer=Lognormal(260, 0.6),
    prompt_spread=0.6,
    growth=0.2,
    speed_sigma=0.3,
    hours=(24, 20, 22, 20, 12, 10, 14) + (6,) * 17,
    weekend=0.9,
    active_share=0.97,
    active_days=20,
    activity_sigma=0.2,
    topics=_TOPICS,
    favourite_share=0.9,
    models=(0.5, 0.4, 0.1),
    prompt_variation=1,
    log_ins=0.0,
    # Cron jobs start on the quarter hour with a delay of a few seconds.
    clock_period=900,
    clock_jitter=12,
    streams=0.2,
    prefix=0.7,
)


class CiBots(Population):
    """Build bots: clock-aligned starts, rotating addresses of hosted runners, one fixed client."""

    source: ClassVar[str] = "threat model L7"
    looks_like_abuse: ClassVar[str] = "scheduled activity, shared runners, no client telemetry"
    circle: ClassVar[str] = "build actions"
    retention: ClassVar[Retention] = CONTRACT
    served: ClassVar[float] = 0.72
    example: ClassVar[Mapping[str, Any]] = {"accounts": 16}
    life_parameters = SERVICE

    jobs: float = Field(
        default=1.2, gt=0, le=200, description="Median runs per day. Source: assumed."
    )
    silent: float = Field(
        default=0.6,
        ge=0,
        le=1,
        description="Share whose client sends no telemetry, as is usual on build machines. Source: "
        "assumed.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Builds on push in office hours, and scheduled builds on the quarter hour."""
        return (PUSH, NIGHTLY)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """Addresses of runners shared with other customers, often a machine mailbox, with or
        without a
        card.
        """
        rng, owner, supply, count = enrolment.rng, enrolment.owner, enrolment.supply, len(batch)
        # Most build services run in one large country, the others in the customer's own.
        centre = np.zeros(count, np.int8)
        away = rng.random(count) < 0.4
        centre[away] = batch.country[away]
        batch.own_addresses(
            [enrolment.shared_infrastructure.runner(rng, centre) for _ in range(12)]
        )
        # Others build on machines of their own, in an office or at home (shares assumed).
        for kind, share in (("corporate", 0.12), ("residential", 0.08)):
            own = np.flatnonzero(rng.random(count) < share)
            line = supply.addresses.take(owner.addresses, rng, batch.country[own], kind)
            batch.slots[own] = 1
            batch.address_list[batch.slot[own]] = line
        enrolment.assign_personal_resources(batch)
        bots = np.flatnonzero(rng.random(count) < 0.6)
        domains = np.array(own_domains(rng, max(len(bots) // 3, 1)), object)
        at = domains[rng.integers(len(domains), size=len(bots))]
        batch.mailbox[bots] = supply.mailboxes.role(owner.mailboxes, rng, at)
        luck = rng.random(count)
        batch.plan = np.where(
            luck < 0.5, TRIAL, np.where(luck < 0.7, ENTERPRISE, PAY_AS_YOU_GO)
        ).astype(np.int8)
        batch.card = np.where(
            batch.plan == ENTERPRISE, -1, supply.cards.take(owner.cards, rng, batch.country)
        )
        batch.adds_card = rng.random(count) < 0.45
        batch.charge_success = np.full(count, 0.985, np.float32)
        silent = rng.random(count) < self.silent
        common = enrolment.shared_infrastructure
        for number, mix in ((0, "builds"), (1, "builds")):
            for quiet in (False, True):
                who = np.flatnonzero(silent == quiet)
                enrolment.assign_workload(
                    batch,
                    number,
                    (self.jobs * (0.6 if number else 1.0), 0.8),
                    mix,
                    who=who,
                    families=common.prompt_families(rng, self.circle, len(who)),
                    templates=int(rng.integers(2, 7)),
                    at_most=60,
                    silent=quiet,
                )
