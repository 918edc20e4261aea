"""Families and friends who share one subscription: one account, several people.

Flat plans invite it, and terms often allow it within a household. Threat model L10 names families
among the confounders; how many people share an account, and how, is assumed.
"""

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

FAMILY_CHAT = replace(CHAT, active_share=0.55, active_days=2.5, log_ins=0.15)
"""Chat as of private users, by people who pay for it (assumed)."""
CODING = replace(
    CHAT,
    requests=Lognormal(14, 1.0, 300),
    turns=9,
    gap=Lognormal(16, 1.5, 1800),
    prompt=Lognormal(1500, 0.7),
    answer=Lognormal(320, 0.9),
    growth=0.6,
    topics=CHAT.topics | {"software-engineering": 25.0, "agentic-tools": 5.0},
    favourite_share=0.7,
    models=(0.15, 0.45, 0.4),
    active_share=0.6,
    active_days=3.0,
    log_ins=0.03,
)
"""Software work of a member, mostly with a tool (assumed)."""
LARGEST = 6
"""Members at most (assumed: family plans of other services end at six)."""
CODERS = 0.12
"""Share of members who use it for software (assumed)."""
AWAY = 0.3
"""Share of further members who live elsewhere: students, friends, grandparents (assumed)."""
ABROAD = 0.15
"""Share of these who live in another country (assumed)."""


def extend_addresses(
    batch: AccountBatch,
    who: np.ndarray[Any, np.dtype[np.int64]],
    more: np.ndarray[Any, np.dtype[np.int64]],
) -> None:
    """Give accounts further addresses besides those they have, in place.

    Args:
        batch: the accounts.
        who: shape (m,), indices of accounts, ascending; may repeat.
        more: shape (m,), an address for each.
    """
    every = np.concatenate([np.repeat(np.arange(len(batch)), batch.slots), who])
    starts = np.repeat(batch.slot - (np.cumsum(batch.slots) - batch.slots), batch.slots)
    present = batch.address_list[np.arange(len(starts)) + starts]
    order = np.argsort(every, kind="stable")
    batch.address_list = np.concatenate([present, more])[order]
    batch.slots = batch.slots + np.bincount(who, minlength=len(batch))
    batch.slot = np.cumsum(batch.slots) - batch.slots


class Households(Population):
    """Households: one subscription that a family or friends share, from several places at once."""

    source: ClassVar[str] = "threat model L10"
    looks_like_abuse: ClassVar[str] = "one account in several places and programs at once"
    example: ClassVar[Mapping[str, Any]] = {"accounts": 120}

    members: float = Field(
        default=2.8,
        ge=2,
        le=LARGEST,
        description="Mean people who use an account. Source: assumed.",
    )
    sessions: float = Field(
        default=0.5,
        gt=0,
        le=50,
        description="Median sessions of a member per day. Source: assumed, a little more than of "
        "private users (threat model L1), who pay less.",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Chat, and software work."""
        return (FAMILY_CHAT, CODING)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """As private users who subscribe; further members have a phone or a home elsewhere."""
        rng, count = enrolment.rng, len(batch)
        enrolment.assign_home_addresses(batch)
        enrolment.assign_personal_resources(batch)
        enrolment.assign_plans(batch, trial=0.0, subscription=0.95, converts=0.3)
        further = np.minimum(rng.geometric(1 / (self.members - 1), count), LARGEST - 1)
        who = np.repeat(np.arange(count), further)
        country = batch.country[who]
        line = enrolment.shared_infrastructure.gateway(rng, country)
        away = np.flatnonzero(rng.random(len(who)) < AWAY)
        there = country[away]
        abroad = rng.random(len(away)) < ABROAD
        there[abroad] = rng.permutation(there[abroad])
        owner = enrolment.owner.addresses
        line[away] = enrolment.supply.addresses.take(owner, rng, there, "residential")
        extend_addresses(batch, who, line)
        everybody = np.sort(np.concatenate([np.arange(count), who]))
        coder = rng.random(len(everybody)) < CODERS
        for number, some, clients in ((0, ~coder, "people"), (1, coder, "developers")):
            enrolment.assign_workload(
                batch, number, (self.sessions, 1.0), clients, who=everybody[some], at_most=30
            )
