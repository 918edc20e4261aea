"""L3 of the threat model: users behind their carrier's gateways, hundreds per address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.traffic.usage_profile import Lognormal, UsageProfile

ON_THE_MOVE = replace(
    CHAT,
    requests=Lognormal(2.4, 0.9, 80),
    prompt=Lognormal(190, 0.55),
    answer=Lognormal(220, 0.8),
    log_ins=0.35,
)


class Mobile(Population):
    """Phone users: 20 to 3,000 accounts per address, which changes by the hour or the day."""

    source: ClassVar[str] = "threat model L3"
    looks_like_abuse: ClassVar[str] = (
        "hundreds of users on one carrier gateway; many phones with the same browser fingerprint"
    )
    served: ClassVar[float] = 0.58
    example: ClassVar[Mapping[str, Any]] = {"accounts": 160}

    sessions: float = Field(
        default=0.4,
        gt=0,
        le=50,
        description="Median sessions per day. Source: assumed, similar to casual users.",
    )
    trial: float = Field(
        default=0.55,
        ge=0,
        le=1,
        description="Share that starts with trial credit. Source: assumed.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Short chats throughout the day."""
        return (ON_THE_MOVE,)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """Five rotating carrier gateways and no home connection; many phones have equal
        fingerprints.
        """
        rng, count = enrolment.rng, len(batch)
        batch.own_addresses(
            [enrolment.shared_infrastructure.gateway(rng, batch.country) for _ in range(5)]
        )
        enrolment.assign_personal_resources(batch)
        # 82 % of phones share their fingerprint with others (see `SharedInfrastructure`).
        batch.device = enrolment.devices(batch, 0.82)
        enrolment.assign_plans(batch, trial=self.trial, subscription=0.35, converts=0.2)
        # Prepaid cards are usual where few people have bank cards.
        prepaid = np.flatnonzero(rng.random(count) < 0.25)
        batch.card[prepaid] = enrolment.supply.cards.take(
            enrolment.owner.cards, rng, batch.country[prepaid], (0.0, 0.2, 0.7, 0.1)
        )
        enrolment.assign_workload(batch, 0, (self.sessions, 1.1), "people", at_most=30)
