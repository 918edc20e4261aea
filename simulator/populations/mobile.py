"""L3 of the threat model: people behind their carrier's gateways, hundreds on each address."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from pydantic import Field

from shamcrowd.simulator.platform.account_batch import Crowd
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.traffic.usage_profile import Habit, Lognormal

ON_THE_MOVE = replace(
    CHAT,
    requests=Lognormal(2.4, 0.9, 80),
    prompt=Lognormal(190, 0.55),
    answer=Lognormal(220, 0.8),
    log_ins=0.35,
)


class Mobile(Population):
    """Phone users: 20 to 3,000 on an address, which changes by the hour or the day."""

    sessions: float = Field(
        default=0.4,
        gt=0,
        le=50,
        description="Median sessions a day. Source: assumed, as of casual users.",
    )
    trial: float = Field(
        default=0.55, ge=0, le=1, description="Share that starts on trial credit. Source: assumed."
    )

    def habits(self) -> tuple[Habit, ...]:
        """Short chats through the day."""
        return (ON_THE_MOVE,)

    def settle(self, enrol: Enrolment, crowd: Crowd) -> None:
        """Five gateways in turn and no line at home; phones of few models look alike."""
        rng, count = enrol.rng, len(crowd)
        crowd.own_addresses([enrol.commons.gateway(rng, crowd.country) for _ in range(5)])
        enrol.own_things(crowd)
        # Phones: 82 % share their fingerprint (see `Commons`).
        crowd.device = enrol.devices(crowd, 0.82)
        enrol.purse(crowd, trial=self.trial, subscription=0.35, converts=0.2)
        # Where few have bank cards, prepaid ones are usual.
        prepaid = np.flatnonzero(rng.random(count) < 0.25)
        crowd.card[prepaid] = enrol.supply.cards.take(
            enrol.owner.cards, rng, crowd.country[prepaid], (0.0, 0.2, 0.7, 0.1)
        )
        enrol.duty(crowd, 0, (self.sessions, 1.1), "people", at_most=30)
