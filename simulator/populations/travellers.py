"""L9 of the threat model: users behind VPNs, on virtual cards, or travelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.platform.payer_draws import ISSUERS, VIRTUAL
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.supply.places import countries
from shamcrowd.simulator.traffic.usage_profile import Lognormal, UsageProfile

WORKING_ABROAD = replace(
    CHAT,
    requests=Lognormal(5, 1.0, 200),
    turns=3.2,
    prompt=Lognormal(320, 0.6),
    answer=Lognormal(300, 0.9),
    topics={**CHAT.topics, "software-engineering": 6, "travel": 4, "translation": 4},
    log_ins=0.35,
)


class Travellers(Population):
    """VPN users and travellers: 50 to 1,000 accounts per exit, conflicting countries, new cards."""

    source: ClassVar[str] = "threat model L9"
    looks_like_abuse: ClassVar[str] = "VPN exits, foreign virtual cards, declined charges"
    served: ClassVar[float] = 0.58
    example: ClassVar[Mapping[str, Any]] = {"accounts": 80}

    sessions: float = Field(
        default=0.5, gt=0, le=50, description="Median sessions per day. Source: assumed."
    )
    virtual: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Share paying by virtual or prepaid card. Source: assumed; in threat model L9 "
        "the card changes every month.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Chat as of casual users, with a larger share of work topics."""
        return (WORKING_ABROAD,)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """Rotating VPN exits, sometimes home or a foreign gateway; cards that are declined more
        often.
        """
        rng, owner, supply, count = enrolment.rng, enrolment.owner, enrolment.supply, len(batch)
        everyone = self.accounts
        exits = [enrolment.shared_infrastructure.vpn_exit(rng, count, everyone) for _ in range(5)]
        home = supply.addresses.take(owner.addresses, rng, batch.country, "residential")
        abroad = countries(rng.random(count))
        batch.own_addresses([*exits, home, enrolment.shared_infrastructure.gateway(rng, abroad)])
        enrolment.assign_personal_resources(batch)
        enrolment.assign_plans(batch, trial=0.5, subscription=0.4, converts=0.45)
        virtual = np.flatnonzero(rng.random(count) < self.virtual)
        issued = countries(rng.random(len(virtual)))
        batch.card[virtual] = supply.cards.take(owner.cards, rng, issued, VIRTUAL, issuers=ISSUERS)
        # Virtual cards have a spending limit and are declined more often (assumed).
        batch.charge_success[virtual] = 0.88
        batch.renews[virtual] = True
        enrolment.assign_workload(batch, 0, (self.sessions, 1.1), "people", at_most=30)
