"""Firms that serve customers of their own: agencies, resellers, software built on the API.

Named among the legitimate confounders as aggregators and agencies (threat model L8 and L10). Most
products that are sold on top of a model run on one or a few accounts of the firm that makes them.
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
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.populations.common.firms import open_as_firms
from shamcrowd.simulator.supply.places import ZONE_OF, places
from shamcrowd.simulator.traffic.usage_profile import TOPICS, Lognormal, UsageProfile

SERVED = UsageProfile(
    requests=Lognormal(4.0, 1.0, 200),
    turns=2.8,
    gap=Lognormal(28, 1.7, 3600),
    reading=READING,
    pause=Lognormal(180, 1.2, 7200),
    prompt=Lognormal(650, 0.8),
    answer=Lognormal(320, 0.9),
    prompt_spread=0.9,
    growth=0.7,
    weekend=0.65,
    active_share=0.7,
    active_days=3,
    topics=dict.fromkeys(TOPICS, 1.0)
    | {"writing": 5.0, "marketing": 4.0, "customer-support": 4.0, "translation": 3.0,
       "software-engineering": 3.0},
    favourite_share=0.5,
    models=(0.35, 0.4, 0.25),
    prompt_variation=5,
    log_ins=0.02,
)  # fmt: skip
"""What customers of a product do with it (assumed; lengths and turns near those of aggregators)."""
EXITS = 3
"""Addresses in a data centre that a firm's product calls from (assumed)."""
ABROAD = 0.3
"""Share of customers who live anywhere; the others live where the firm is (assumed)."""


class ServiceFirms(Population):
    """Firms that serve customers of their own: agencies, resellers, software built on the API."""

    source: ClassVar[str] = "threat model L8 and L10"
    looks_like_abuse: ClassVar[str] = "many end users behind one well paid account"
    circle: ClassVar[str] = "products"
    retention: ClassVar[Retention] = CONTRACT
    example: ClassVar[Mapping[str, Any]] = {"accounts": 40}
    life_parameters = SERVICE

    customers: float = Field(
        default=8,
        gt=0,
        le=100_000,
        description="Mean number of customers per account. Source: assumed; threat model A4 infers "
        "10 to 2,000 behind an account of a relay.",
    )
    sessions: float = Field(
        default=0.5,
        gt=0,
        le=100,
        description="Median sessions per customer and day. Source: assumed.",
    )
    size: int = Field(
        default=2,
        ge=1,
        le=60,
        description="Mean accounts per firm: for tests, for a large customer. Source: assumed.",
    )
    invoiced: float = Field(
        default=0.35,
        ge=0,
        le=1,
        description="Share of firms with a contract, invoices and single sign-on; the others pay "
        "by card. Source: assumed.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """What the customers do."""
        return (SERVED,)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """A mail domain, a card or an invoice, a few machines, addresses of one data centre."""
        rng, owner, supply, count = enrolment.rng, enrolment.owner, enrolment.supply, len(batch)
        sizes = rng.geometric(1 / self.size, count)
        firm = np.searchsorted(np.cumsum(sizes), np.arange(count), side="right")
        open_as_firms(rng, supply, owner, batch, np.arange(count), firm, self.invoiced)
        firms = int(firm[-1]) + 1
        head = np.searchsorted(firm, np.arange(firms))
        seat = np.repeat(batch.country[head], EXITS)
        block = np.repeat(rng.integers(4096, size=firms), EXITS)
        batch.address_list = supply.addresses.take(owner.addresses, rng, seat, "hosting", block)
        batch.slot, batch.slots = firm * EXITS, np.full(count, EXITS, np.int64)
        behind = np.repeat(np.arange(count), np.maximum(rng.poisson(self.customers, count), 1))
        zone = batch.zone[behind]
        abroad = rng.random(len(behind)) < ABROAD
        zone[abroad] = ZONE_OF[places(rng.random(int(abroad.sum())))]
        common = enrolment.shared_infrastructure
        families = common.prompt_families(rng, self.circle, firms)[firm]
        templates = rng.integers(6, 120, size=firms)[firm]
        enrolment.assign_workload(
            batch,
            0,
            (self.sessions, 1.2),
            "services",
            who=behind,
            families=families[behind],
            templates=templates[behind],
            at_most=60,
            zone=zone,
        )
