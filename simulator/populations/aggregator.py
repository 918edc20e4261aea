"""L8 of the threat model: authorised resellers and routers that serve many customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.simulator.core.plans import ENTERPRISE, PAY_AS_YOU_GO
from shamcrowd.simulator.lifecycle.life_parameters import SERVICE
from shamcrowd.simulator.lifecycle.retention import CONTRACT, Retention
from shamcrowd.simulator.platform.account_batch import PASSWORD, SSO, AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.casual import READING
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.populations.common.firms import sign_up_together
from shamcrowd.simulator.supply.mailboxes import own_domains
from shamcrowd.simulator.supply.places import ZONE_OF, places
from shamcrowd.simulator.traffic.usage_profile import TOPICS, Lognormal, UsageProfile

ROUTED = UsageProfile(
    requests=Lognormal(4.0, 1.0, 200),
    turns=2.6,
    gap=Lognormal(26, 1.8, 3600),
    reading=READING,
    pause=Lognormal(200, 1.2, 7200),
    prompt=Lognormal(420, 0.7),
    answer=Lognormal(280, 0.9),
    prompt_spread=0.9,
    growth=0.7,
    weekend=0.85,
    active_share=0.7,
    active_days=3,
    topics=dict.fromkeys(TOPICS, 1.0) | {"software-engineering": 3.0, "roleplay": 3.0},
    models=(0.4, 0.4, 0.2),
    log_ins=0.0,
    # Its customers' programs are not alike.
    streams=0.7,
    mixed=1.0,
)


class Aggregator(Population):
    """Routers: large accounts, all topics, customers' active hours, quick to adopt models."""

    source: ClassVar[str] = "threat model L8"
    looks_like_abuse: ClassVar[str] = "many end users behind one account"
    retention: ClassVar[Retention] = CONTRACT
    example: ClassVar[Mapping[str, Any]] = {"accounts": 4}
    life_parameters = SERVICE

    customers: int = Field(
        default=120,
        ge=1,
        le=100_000,
        description="Mean number of customers per account. Source: assumed; threat model L8 "
        "gives 10,000 to 10 million requests a day, more than scenarios of this size can hold.",
    )
    sessions: float = Field(
        default=1.2,
        gt=0,
        le=100,
        description="Median sessions per customer and day. Source: assumed.",
    )
    pool: int = Field(
        default=4,
        ge=1,
        le=100,
        description="Accounts over which one router spreads its traffic. Source: assumed.",
    )

    contract: float = Field(
        default=0.45,
        ge=0,
        le=1,
        description="Share of firms with an enterprise contract and single sign-on; the others "
        "pay by card. Source: assumed.",
    )

    impostor_parameters: ClassVar = {"contract": 0.35}

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """The mixed traffic of the customers."""
        return (ROUTED,)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """A few accounts per firm, partly under contract, on the firm's data-centre addresses."""
        rng, owner, supply, count = enrolment.rng, enrolment.owner, enrolment.supply, len(batch)
        firm = np.arange(count) // self.pool
        firms = int(firm[-1]) + 1
        batch.place = batch.place[firm * self.pool]
        sign_up_together(rng, batch, np.arange(count), firm)
        domains = np.array(own_domains(rng, firms), object)
        batch.mailbox = supply.mailboxes.role(owner.mailboxes, rng, domains[firm])
        batch.device = supply.devices.take(owner.devices, rng, batch.locale[:: self.pool])[firm]
        # 35 % of the accounts are opened and paid for by a colleague (assumed).
        other = np.flatnonzero(rng.random(count) < 0.35)
        batch.device[other] = supply.devices.take(owner.devices, rng, batch.locale[other])
        large = (rng.random(firms) < self.contract)[firm]
        batch.organisation = np.where(large, owner.organisations.take(firms)[firm], -1)
        batch.sign_in = np.where(large, SSO, PASSWORD).astype(np.int8)
        batch.plan = np.where(large, ENTERPRISE, PAY_AS_YOU_GO).astype(np.int8)
        card = supply.cards.take(owner.cards, rng, batch.country[:: self.pool])
        card = card[firm]
        card[other] = supply.cards.take(owner.cards, rng, batch.country[other])
        batch.card = np.where(large, -1, card)
        batch.phone = supply.phones.take(owner.phones, rng, batch.country)
        batch.phone[large | (rng.random(count) < 0.5)] = -1
        exits = 6
        seat = np.repeat(batch.country[:: self.pool], exits)
        block = np.repeat(rng.integers(4096, size=firms), exits)
        batch.address_list = supply.addresses.take(owner.addresses, rng, seat, "hosting", block)
        batch.slot, batch.slots = firm * exits, np.full(count, exits, np.int64)
        behind = np.repeat(np.arange(count), rng.poisson(self.customers, count))
        enrolment.assign_workload(
            batch,
            0,
            (self.sessions, 1.2),
            "services",
            who=behind,
            at_most=60,
            zone=ZONE_OF[places(rng.random(len(behind)))],
        )
