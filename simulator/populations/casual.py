"""L1 of the threat model: private users with a few requests a day from home or phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.core.plans import TRIAL
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.populations.common.enrolment import Enrolment
from shamcrowd.simulator.traffic.usage_profile import Lognormal, UsageProfile

READING = 0.1
"""Seconds a reader spends on a token of an answer: half of it at 238 words a minute (Brysbaert
2019; three words in four tokens). That half is read is assumed."""

CHAT = UsageProfile(
    requests=Lognormal(3.0, 0.9, 120),
    # Mean 2.35 turns; 42 % of conversations have two or more (WildChat, see realism notes).
    turns=2.35,
    # From turn to turn: median 124 s with a long tail (BurstGPT, see realism notes), answer and
    # reading included.
    gap=Lognormal(60, 1.3, 5400),
    reading=READING,
    pause=Lognormal(300, 1.2, 10_800),
    prompt=Lognormal(260, 0.55),
    answer=Lognormal(260, 0.8),
    growth=1.1,
    topics={
        "writing": 5,
        "education": 4,
        "small-talk": 3,
        "software-engineering": 3,
        "health": 2,
        "translation": 2,
        "travel": 2,
        "summaries": 2,
        "search": 3,
        "roleplay": 2,
        "mathematics": 1.5,
        "images": 1.5,
        "law": 0.7,
        "finance": 1,
        "reasoning": 0.5,
        "research": 1,
        "data-analysis": 0.7,
        "marketing": 0.7,
        "evaluation": 0.1,
        "agentic-tools": 0.3,
    },
    active_share=0.45,
    active_days=1.8,
    models=(0.55, 0.35, 0.10),
    log_ins=0.25,
    streams=0.75,
    prefix=0.3,
)


TOOL = UsageProfile(
    requests=Lognormal(32, 0.9, 400),
    turns=24,
    gap=Lognormal(9, 1.8, 1200),
    pause=Lognormal(180, 1.1, 3600),
    prompt=Lognormal(2200, 0.5),
    answer=Lognormal(260, 1.0),
    growth=0.55,
    topics=CHAT.topics | {"software-engineering": 14, "agentic-tools": 6, "roleplay": 8},
    favourite_share=0.6,
    active_share=0.8,
    active_days=4.0,
    models=(0.2, 0.4, 0.4),
    log_ins=0.05,
    streams=0.85,
    caches=0.9,
    prefix=0.7,
)
"""An agent, a game or another tool into which people put the key of a trial."""
TINKERS = 0.06
"""Share of trials that are used with such a tool, until the credit is gone (assumed)."""
TINKERS_DAYS = 5.0
"""Mean days until they lose interest in it (assumed)."""


class Casual(Population):
    """Private users: 0 to 20 requests a day, one to three addresses, a strong daily cycle."""

    source: ClassVar[str] = "threat model L1"
    looks_like_abuse: ClassVar[str] = (
        "dormant accounts that come back; households on one address, card and computer"
    )
    served: ClassVar[float] = 0.58
    example: ClassVar[Mapping[str, Any]] = {"accounts": 600}

    sessions: float = Field(
        default=0.35,
        gt=0,
        le=50,
        description="Median sessions per day. Source: threat model L1 (0 to 20 requests a day, "
        "lognormal); the median is assumed.",
    )
    trial: float = Field(
        default=0.45,
        ge=0,
        le=1,
        description="Share that starts with trial credit. Source: assumed.",
    )
    together: float = Field(
        default=0.12,
        ge=0,
        le=1,
        description="Share living in a household with other account holders. Source: assumed; "
        "threat model L10 names families among accounts that share a card.",
    )

    dormant: float = Field(
        default=0.15,
        ge=0,
        le=1,
        description="Share that signs up, is inactive for weeks, and then returns or never does. "
        "Source: assumed; in the threat model dormant casual users are the look-alike of sleepers "
        "(A7).",
    )

    def usage_profiles(self) -> tuple[UsageProfile, ...]:
        """Chat, mostly in the evening, and tools that some try out."""
        return (CHAT, TOOL)

    def set_up(self, enrolment: Enrolment, batch: AccountBatch) -> None:
        """A home and a phone, own devices or the household's; some never pay."""
        enrolment.assign_home_addresses(batch)
        enrolment.assign_personal_resources(batch)
        enrolment.assign_plans(batch, trial=self.trial, subscription=0.35, converts=0.3)
        enrolment.form_households(batch, self.together)
        batch.life.dormant(self.dormant)
        enrolment.assign_workload(batch, 0, (self.sessions, 1.1), "people", at_most=30)
        rng, count = enrolment.rng, len(batch)
        tinkers = np.flatnonzero((batch.plan == TRIAL) & (rng.random(count) < TINKERS))
        # They came for the credit: few would pay for it.
        batch.adds_card[tinkers] &= rng.random(len(tinkers)) < 0.5
        days = rng.exponential(TINKERS_DAYS * MS_PER_DAY, len(tinkers)).astype(np.int64)
        enrolment.assign_workload(
            batch,
            1,
            (1.2, 0.8),
            "developers",
            who=tinkers,
            at_most=20,
            ends=batch.created[tinkers] + days,
        )
