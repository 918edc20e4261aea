"""L4 of the threat model: employees behind their company's few addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.simulator.core.plans import ENTERPRISE, PAY_AS_YOU_GO
from shamcrowd.simulator.lifecycle.life_parameters import EMPLOYEE
from shamcrowd.simulator.lifecycle.retention import CONTRACT, Retention
from shamcrowd.simulator.platform.account_batch import SSO, AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.casual import READING
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.supply.mailboxes import own_domains
from shamcrowd.simulator.traffic.usage_profile import OFFICE, Lognormal, UsageProfile

OFFICE_WORK = UsageProfile(
    requests=Lognormal(4.0, 0.9, 150),
    turns=2.6,
    gap=Lognormal(50, 1.3, 3600),
    reading=READING,
    pause=Lognormal(260, 1.2, 7200),
    prompt=Lognormal(560, 0.6),
    answer=Lognormal(280, 0.8),
    growth=0.95,
    hours=OFFICE,
    weekend=0.06,
    active_share=0.7,
    active_days=4.0,
    topics={
        "writing": 4,
        "summaries": 4,
        "data-analysis": 3,
        "software-engineering": 4,
        "marketing": 2,
        "customer-support": 2,
        "translation": 2,
        "finance": 1.5,
        "law": 1,
        "extraction": 1.5,
        "research": 1,
        "search": 1.5,
    },
    models=(0.35, 0.5, 0.15),
    endpoint=(0.97, 0.03, 0.0),
    log_ins=0.3,
)

ASSISTANT = UsageProfile(
    # A question to an assistant that searches the firm's documents makes several calls at once:
    # for the search, for its results, for the answer (assumed). Lengths: medians of RAGPulse, see
    # realism notes, which came in bursts, too (local CV 1.35).
    requests=Lognormal(2.6, 0.6, 30),
    turns=1.0,
    gap=Lognormal(0.4, 1.0, 60),
    pause=Lognormal(0.4, 1.0, 60),
    prompt=Lognormal(2200, 0.6),
    answer=Lognormal(234, 0.8),
    prompt_spread=0.5,
    hours=OFFICE,
    weekend=0.06,
    active_share=0.7,
    active_days=4.0,
    topics=OFFICE_WORK.topics | {"search": 8, "summaries": 8},
    models=(0.6, 0.35, 0.05),
    endpoint=(0.7, 0.0, 0.3),
    prompt_variation=3,
    log_ins=0.0,
    streams=0.7,
    caches=0.85,
    prefix=0.6,
)
"""Software of the firm that uses the API on an employee's account."""
REMOTE = 0.4
"""Share of employees who work from home at times: 60 % of those asked in the United States in
August 2025 never did (WFH Research, in wolfstreet.com/2025/09/10)."""
MOSTLY_REMOTE = 0.3
"""Share of these who mostly do (assumed)."""
ASSISTED = 0.35
"""Share of employees with such software (assumed)."""
HOSTED = 0.5
"""Share of firms that run it on a server of their own in a data centre (assumed)."""
BUSIEST = 8
"""How many times as often as from an office it is used from there, at most (assumed)."""


class Corporate(Population):
    """Employees: 20 to 5,000 behind one to eight addresses, single sign-on, one invoice."""

    source: ClassVar[str] = "threat model L4"
    looks_like_abuse: ClassVar[str] = "thousands of users behind a few addresses"
    retention: ClassVar[Retention] = CONTRACT
    example: ClassVar[Mapping[str, Any]] = {"accounts": 200}
    life_parameters = EMPLOYEE

    company: int = Field(
        default=60,
        ge=2,
        le=5000,
        description="Mean number of employees with an account per company. Source: threat model L4 "
        "(20 to 5,000 users behind 1 to 8 addresses).",
    )
    single_sign_on: float = Field(
        default=0.7,
        ge=0,
        le=1,
        description="Share of companies with single sign-on and an invoice; the others pay with "
        "one shared card. Source: assumed.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Office work in office hours, and assistants in other software."""
        return (OFFICE_WORK, ASSISTANT)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """Companies of uneven size; all employees of one share its addresses and mail domain."""
        rng, owner, supply, count = enrolment.rng, enrolment.owner, enrolment.supply, len(batch)
        companies = max(round(count / self.company), 1)
        share = rng.pareto(1.5, companies) + 0.2
        company = np.searchsorted(np.cumsum(share / share.sum()), rng.random(count))
        company = np.minimum(company, companies - 1)
        # A company and all of its employees are in one country.
        batch.place = batch.place[company % count]
        seat = batch.country[np.arange(companies) % count]
        domains = np.array(own_domains(rng, companies), object)
        exits = rng.integers(1, 5, size=companies)
        first = np.cumsum(exits) - exits
        office = supply.addresses.take(
            owner.addresses,
            rng,
            np.repeat(seat, exits),
            "corporate",
            np.repeat(rng.integers(4096, size=companies), exits),
        )
        # The company's addresses, the home's as often as it is worked from, and those of a server.
        remote = rng.random(count) < REMOTE
        mostly = remote & (rng.random(count) < MOSTLY_REMOTE)
        offices = exits[company].astype(np.int64)
        homes = np.where(mostly, 2 * offices, remote)
        assisted = rng.random(count) < ASSISTED
        hosted = assisted & (rng.random(companies) < HOSTED)[company]
        batch.slots = offices + homes + hosted * offices * rng.integers(1, BUSIEST + 1, count)
        batch.slot = np.cumsum(batch.slots) - batch.slots
        number = np.arange(batch.slots.sum()) - np.repeat(batch.slot, batch.slots)
        at = np.repeat(first[company], batch.slots) + number
        home = np.full(count, -1, np.int64)
        home[remote] = supply.addresses.take(
            owner.addresses, rng, batch.country[remote], "residential"
        )
        server = supply.addresses.take(owner.addresses, rng, seat, "hosting")[company]
        batch.address_list = np.select(
            [
                number < np.repeat(offices, batch.slots),
                number < np.repeat(offices + homes, batch.slots),
            ],
            [office[np.minimum(at, len(office) - 1)], np.repeat(home, batch.slots)],
            np.repeat(server, batch.slots),
        )
        batch.mailbox = supply.mailboxes.at_domain(owner.mailboxes, batch.names, domains[company])
        batch.device = supply.devices.take(owner.devices, rng, batch.locale)
        managed = rng.random(companies) < self.single_sign_on
        organisation = owner.organisations.take(companies)
        batch.organisation = np.where(managed, organisation, -1)[company]
        batch.sign_in = np.where(managed[company], SSO, batch.sign_in).astype(np.int8)
        batch.plan = np.where(managed[company], ENTERPRISE, PAY_AS_YOU_GO).astype(np.int8)
        card = supply.cards.take(owner.cards, rng, seat)
        batch.card = np.where(managed, -1, card)[company]
        batch.challenge_success = np.full(count, 0.98, np.float32)
        enrolment.assign_workload(batch, 0, (0.7, 1.0), "people", at_most=30)
        enrolment.assign_workload(
            batch, 1, (1.2, 1.0), "services", who=np.flatnonzero(assisted), at_most=30
        )
